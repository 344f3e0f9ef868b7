using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Executor.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_effect_settled_at",
                schema: "executor",
                table: "effect",
                column: "settled_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_effect_settled_at",
                schema: "executor",
                table: "effect");
        }
    }
}
