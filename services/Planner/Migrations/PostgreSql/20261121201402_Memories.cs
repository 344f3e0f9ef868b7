using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Planner.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Memories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "memories",
                schema: "planner",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    scope = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    task_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    loop = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    said_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    learned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recalled = table.Column<int>(type: "integer", nullable: false),
                    embedding = table.Column<byte[]>(type: "bytea", nullable: true),
                    embedding_model = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memories", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "recalls",
                schema: "planner",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    task_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    memories = table.Column<string>(type: "text", nullable: false),
                    recalled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recalls", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_memories_scope_kind_key_learned_at",
                schema: "planner",
                table: "memories",
                columns: new[] { "scope", "kind", "key", "learned_at" });

            migrationBuilder.CreateIndex(
                name: "IX_memories_scope_learned_at",
                schema: "planner",
                table: "memories",
                columns: new[] { "scope", "learned_at" });

            migrationBuilder.CreateIndex(
                name: "IX_memories_scope_used_at",
                schema: "planner",
                table: "memories",
                columns: new[] { "scope", "used_at" });

            migrationBuilder.CreateIndex(
                name: "IX_recalls_recalled_at",
                schema: "planner",
                table: "recalls",
                column: "recalled_at");

            migrationBuilder.CreateIndex(
                name: "IX_recalls_task_id",
                schema: "planner",
                table: "recalls",
                column: "task_id");

            // Words are searched as they are: the standard configuration cuts no endings and knows no language.
            migrationBuilder.Sql("CREATE INDEX ix_memories_words ON planner.memories USING gin (to_tsvector('simple', words));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "memories",
                schema: "planner");

            migrationBuilder.DropTable(
                name: "recalls",
                schema: "planner");
        }
    }
}
