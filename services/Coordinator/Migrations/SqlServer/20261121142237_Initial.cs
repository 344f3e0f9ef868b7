using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Coordinator.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "coordinator");

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "coordinator",
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
                name: "loop_version",
                schema: "coordinator",
                columns: table => new
                {
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false, collation: "Latin1_General_100_BIN2"),
                    definition = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    loaded_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loop_version", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "coordinator",
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
                name: "run",
                schema: "coordinator",
                columns: table => new
                {
                    correlation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    current_state = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false),
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    loop = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    loop_version = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false, collation: "Latin1_General_100_BIN2"),
                    loop_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    iteration = table.Column<int>(type: "int", nullable: false),
                    max_iterations = table.Column<int>(type: "int", nullable: false),
                    errors = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    document = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run", x => x.correlation_id);
                });

            migrationBuilder.CreateTable(
                name: "run_history",
                schema: "coordinator",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    direction = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    performative = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    content = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    protocol = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    message_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    in_reply_to = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    sender = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    receiver = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_history", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task",
                schema: "coordinator",
                columns: table => new
                {
                    task_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    trigger = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    taken_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task", x => x.task_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_inbox_consumed_at",
                schema: "coordinator",
                table: "inbox",
                column: "consumed_at");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_visible_at",
                schema: "coordinator",
                table: "outbox",
                column: "visible_at");

            migrationBuilder.CreateIndex(
                name: "IX_run_current_state_started_at",
                schema: "coordinator",
                table: "run",
                columns: new[] { "current_state", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_run_ended_at",
                schema: "coordinator",
                table: "run",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "IX_run_loop_started_at",
                schema: "coordinator",
                table: "run",
                columns: new[] { "loop", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_run_task_id",
                schema: "coordinator",
                table: "run",
                column: "task_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_run_history_task_id_id",
                schema: "coordinator",
                table: "run_history",
                columns: new[] { "task_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbox",
                schema: "coordinator");

            migrationBuilder.DropTable(
                name: "loop_version",
                schema: "coordinator");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "coordinator");

            migrationBuilder.DropTable(
                name: "run",
                schema: "coordinator");

            migrationBuilder.DropTable(
                name: "run_history",
                schema: "coordinator");

            migrationBuilder.DropTable(
                name: "task",
                schema: "coordinator");
        }
    }
}
