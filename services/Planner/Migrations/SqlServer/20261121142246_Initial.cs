using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Planner.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "planner");

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "planner",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    queue = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2"),
                    unit_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    consumed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => new { x.message_id, x.queue });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "planner",
                columns: table => new
                {
                    unit_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    visible_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    message_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    message_type = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: false, collation: "Latin1_General_100_BIN2"),
                    destination = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: false, collation: "Latin1_General_100_BIN2"),
                    envelope = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    last_error = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => new { x.unit_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "plans",
                schema: "planner",
                columns: table => new
                {
                    key = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    attempt = table.Column<int>(type: "int", nullable: false),
                    loop = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_100_BIN2"),
                    question = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    answer = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    made_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    verdict = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: true, collation: "Latin1_General_100_BIN2"),
                    verdict_reason = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    verdict_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_inbox_consumed_at",
                schema: "planner",
                table: "inbox",
                column: "consumed_at");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_visible_at",
                schema: "planner",
                table: "outbox",
                column: "visible_at");

            migrationBuilder.CreateIndex(
                name: "IX_plans_made_at",
                schema: "planner",
                table: "plans",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "IX_plans_task_id",
                schema: "planner",
                table: "plans",
                column: "task_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbox",
                schema: "planner");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "planner");

            migrationBuilder.DropTable(
                name: "plans",
                schema: "planner");
        }
    }
}
