using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Executor.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class LeanLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_effect_settled_at",
                schema: "executor",
                table: "effect");

            migrationBuilder.DropIndex(
                name: "IX_effect_state_intended_at",
                schema: "executor",
                table: "effect");

            migrationBuilder.AlterTable(
                name: "effect",
                schema: "executor")
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateIndex(
                name: "IX_effect_intended_at",
                schema: "executor",
                table: "effect",
                column: "intended_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_effect_intended_at",
                schema: "executor",
                table: "effect");

            migrationBuilder.AlterTable(
                name: "effect",
                schema: "executor")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateIndex(
                name: "IX_effect_settled_at",
                schema: "executor",
                table: "effect",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "IX_effect_state_intended_at",
                schema: "executor",
                table: "effect",
                columns: new[] { "state", "intended_at" });
        }
    }
}
