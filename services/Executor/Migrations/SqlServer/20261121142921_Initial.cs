using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Executor.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "executor");

            migrationBuilder.CreateTable(
                name: "effect",
                schema: "executor",
                columns: table => new
                {
                    key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    step_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    tool = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    action_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    attempt = table.Column<int>(type: "int", nullable: false),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    output = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    reason_code = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    reason_text = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    retryable = table.Column<bool>(type: "bit", nullable: false),
                    ruled_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ruled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    intended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_effect", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "halt",
                schema: "executor",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    halted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_halt", x => x.conversation_id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "executor",
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
                schema: "executor",
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

            migrationBuilder.CreateIndex(
                name: "IX_effect_intended_at",
                schema: "executor",
                table: "effect",
                column: "intended_at");

            migrationBuilder.CreateIndex(
                name: "IX_effect_task_id_step_id",
                schema: "executor",
                table: "effect",
                columns: new[] { "task_id", "step_id" });

            migrationBuilder.CreateIndex(
                name: "IX_inbox_consumed_at",
                schema: "executor",
                table: "inbox",
                column: "consumed_at");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_visible_at",
                schema: "executor",
                table: "outbox",
                column: "visible_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "effect",
                schema: "executor");

            migrationBuilder.DropTable(
                name: "halt",
                schema: "executor");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "executor");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "executor");
        }
    }
}
