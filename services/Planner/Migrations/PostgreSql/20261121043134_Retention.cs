using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Planner.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_plans_made_at",
                schema: "planner",
                table: "plans",
                column: "made_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_plans_made_at",
                schema: "planner",
                table: "plans");
        }
    }
}
