using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LoopBus.Coordinator.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Tenants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "tenant",
                schema: "coordinator",
                table: "run",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.Sql("UPDATE coordinator.run SET tenant = LOWER(JSON_VALUE(document, '$.trigger.tenant')) WHERE document LIKE '%\"tenant\":\"%'");

            migrationBuilder.CreateIndex(
                name: "IX_run_tenant_started_at",
                schema: "coordinator",
                table: "run",
                columns: new[] { "tenant", "started_at" },
                filter: "tenant IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_run_tenant_started_at",
                schema: "coordinator",
                table: "run");

            migrationBuilder.DropColumn(
                name: "tenant",
                schema: "coordinator",
                table: "run");
        }
    }
}
