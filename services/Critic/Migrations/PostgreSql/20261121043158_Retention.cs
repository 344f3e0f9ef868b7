using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Critic.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_verdicts_judged_at",
                schema: "critic",
                table: "verdicts",
                column: "judged_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_verdicts_judged_at",
                schema: "critic",
                table: "verdicts");
        }
    }
}
