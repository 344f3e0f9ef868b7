using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Approval.Migrations.SqlServer
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
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "intervention",
                schema: "approval",
                table: "votes",
                type: "nvarchar(max)",
                nullable: true,
                collation: "Latin1_General_100_BIN2");
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
