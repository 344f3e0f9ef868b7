using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Coordinator.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_run_ended_at",
                schema: "coordinator",
                table: "run",
                column: "ended_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_run_ended_at",
                schema: "coordinator",
                table: "run");
        }
    }
}
