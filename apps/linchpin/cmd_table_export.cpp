// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_json.h"
#include "linchpin/table/exports/export.h"
#include "linchpin/table/exports/export_pymrio.h"
#include "linchpin/table/exports/export_stata.h"
#include "linchpin/table/exports/export_xlsx.h"
#include "linchpin/table/store/store.h"

namespace linchpin::app {
namespace {

struct ExportOptions {
  std::string input;
  std::filesystem::path output;
};

Result<void> export_netcdf(Table const& table, std::filesystem::path const& path,
                           RunControl const& /*control*/) {
  return write_world(table, path);
}

/// What the end of a file name asks for.
struct Kind {
  std::string_view ending;
  Result<void> (*write)(Table const&, std::filesystem::path const&, RunControl const&);
};
constexpr std::array kinds{
    Kind{".csv", export_tidy},   Kind{".csv.gz", export_tidy}, Kind{".csv.zst", export_tidy},
    Kind{".nc", export_netcdf},  Kind{".dta", export_stata},   Kind{".xlsx", export_xlsx},
    Kind{".pymrio", export_pymrio},
};

Result<void> export_table(ExportOptions const& options, Context const& context) {
  if (auto const fine = check_output(options.output, {options.input}, false); !fine) return fine;
  auto const name = options.output.filename().string();
  auto const* const kind = std::find_if(kinds.begin(), kinds.end(), [&](Kind const& each) {
    return name.size() > each.ending.size() && name.ends_with(each.ending);
  });
  if (kind == kinds.end()) {
    return fail(ErrorCode::bad_usage, "unknown kind of file", options.output.string(),
                "let the name end in .csv, .csv.gz, .csv.zst, .nc, .dta, .xlsx or .pymrio");
  }
  auto const table = open_table(options.input, context);
  if (!table) return fail(table.error());
  auto const written = kind->write(*table, options.output, run_control(context));
  finish_progress();
  if (!written) return written;
  if (context.json) {
    auto document = table_info_to_json(*table);
    document["output"] = options.output.string();
    print_line(to_text(document));
  } else if (!context.quiet) {
    print_line(fmt::format("wrote {}", options.output.string()));
  }
  return {};
}

}  // namespace

void add_table_export(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<ExportOptions>();
  auto& command =
      add_table_command(table, context, action, "export", "Write a table for other programs",
                        [options](Context const& c) { return export_table(*options, c); });
  command.add_option("world", options->input, "Built-in world or table file")->required();
  command
      .add_option("-o,--output", options->output,
                  "File to write: .csv, .csv.gz, .csv.zst (tidy), .nc, .dta (Stata), .xlsx (Excel), "
                  "or a folder NAME.pymrio (what pymrio loads)")
      ->required();
}

}  // namespace linchpin::app
