using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Coordinator.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Budgets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "budget",
                schema: "coordinator",
                columns: table => new
                {
                    scope = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2"),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    spent_tokens = table.Column<long>(type: "bigint", nullable: false),
                    spent_usd = table.Column<decimal>(type: "decimal(24,9)", precision: 24, scale: 9, nullable: false),
                    reserved_tokens = table.Column<long>(type: "bigint", nullable: false),
                    reserved_usd = table.Column<decimal>(type: "decimal(24,9)", precision: 24, scale: 9, nullable: false),
                    limit_tokens = table.Column<long>(type: "bigint", nullable: true),
                    limit_usd = table.Column<decimal>(type: "decimal(24,9)", precision: 24, scale: 9, nullable: true),
                    denied = table.Column<int>(type: "int", nullable: false),
                    flagged = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_budget", x => new { x.day, x.scope });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "budget",
                schema: "coordinator");
        }
    }
}
