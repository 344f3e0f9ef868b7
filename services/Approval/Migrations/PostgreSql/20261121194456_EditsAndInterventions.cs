using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Approval.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class EditsAndInterventions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "edited",
                schema: "approval",
                table: "votes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "intervention",
                schema: "approval",
                table: "votes",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "edited",
                schema: "approval",
                table: "votes");

            migrationBuilder.DropColumn(
                name: "intervention",
                schema: "approval",
                table: "votes");
        }
    }
}
