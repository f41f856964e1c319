// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/table_json.h"
#include "linchpin/table/check.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/worlds.h"

namespace linchpin::app {
namespace {

void print_findings(Findings const& findings, std::size_t errors) {
  for (auto const& finding : findings) {
    bool const error = finding.severity == Severity::error;
    print(wrap(fmt::format("{}: [{}] {}: {}", error ? "error" : "warning", finding.rule,
                           finding.where, finding.what)));
    if (!finding.hint.empty()) print(wrap("try: " + finding.hint, "    "));
  }
  print_line(fmt::format("{} finding{}, errors among them: {}", findings.size(),
                         findings.size() == 1 ? "" : "s", errors));
}

}  // namespace

CLI::App& add_table_command(CLI::App& table, Context& context, Action& action, char const* name,
                            char const* help, std::function<Result<void>(Context const&)> run) {
  auto& command = *table.add_subcommand(name, help);
  command.callback([&context, &action, run = std::move(run)] {
    action = [&context, run] { return run(context); };
  });
  add_json_option(command, context);
  return command;
}

std::string money(double value, MonetaryUnit const& unit) {
  double const full = value * unit.scale;
  if (std::abs(full) >= 1e12) return fmt::format("{} {:.2f} tn", unit.currency, full / 1e12);
  if (std::abs(full) >= 1e9) return fmt::format("{} {:.2f} bn", unit.currency, full / 1e9);
  return fmt::format("{} {:.6g}", unit.currency, full);
}

Result<Table> open_table(std::string const& name_or_path, Context const& context) {
  auto loaded = load_table(name_or_path, context.data_dir,
                           {.reader_program = context.reader_program}, run_control(context));
  finish_progress();
  if (!loaded) return fail(loaded.error());
  return std::move(loaded->table);
}

Mapping const* read_mapping_option(std::string const& path, Mapping& mapping, ErrorList& errors) {
  if (path.empty()) return nullptr;
  auto result = read_mapping(path);
  if (!result) {
    errors.add(result.error());
    return nullptr;
  }
  mapping = *std::move(result);
  return &mapping;
}

std::size_t errors_of(Findings const& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](auto const& finding) { return finding.severity == Severity::error; }));
}

Result<void> judge_table(Table const& table, std::string const& name, bool strict_checks,
                         Context const& context, bool as_json) {
  auto findings = check_table(table);
  if (strict_checks) findings = strict(std::move(findings));
  auto const errors = errors_of(findings);
  if (as_json) {
    print_line(to_text(table_check_to_json(table, findings)));
  } else if (!context.json && (!context.quiet || errors > 0)) {
    print_findings(findings, errors);
  }
  if (errors == 0) return {};
  return fail(ErrorCode::invalid_table,
              fmt::format("the table has {} error{}", errors, errors == 1 ? "" : "s"), name,
              "repair what the findings name; `linchpin table check` lists them, "
              "`linchpin table balance` mends sums that do not agree, `linchpin table resum` makes "
              "output what rows add up to");
}

void print_holds_errors(bool thresholded, Context const& context) {
  if (context.json || context.quiet) return;
  print_line("The world holds errors: the questions will refuse it until they are repaired.");
  if (!thresholded) return;
  print(
      wrap("Rows and columns lack the flows below the threshold: `linchpin table resum` makes "
           "output and value added what is left."));
}

Result<void> check_output(std::filesystem::path const& output,
                          std::vector<std::string> const& inputs, bool world) {
  for (auto const& input : inputs) {
    std::error_code failure;
    if (!input.empty() && std::filesystem::equivalent(input, output, failure)) {
      return fail(ErrorCode::bad_usage, "the output would replace an input", output.string(),
                  "give another name after -o");
    }
  }
  std::error_code unknown;
  auto const folder = output.parent_path();
  if (!folder.empty() &&
      std::filesystem::status(folder, unknown).type() == std::filesystem::file_type::not_found) {
    return fail(ErrorCode::unwritable_output,
                fmt::format("there is no folder '{}'", folder.string()), output.string(),
                "make the folder first, or correct the path after -o");
  }
  auto const extension = output.extension();
  if (world && !extension.empty() && extension != ".nc") {
    return fail(ErrorCode::bad_usage,
                fmt::format("a world is a NetCDF file, not '{}'", extension.string()),
                output.string(), "let the name end in .nc (`table export` writes other formats)");
  }
  return {};
}

Result<void> write_table(Table const& table, std::filesystem::path const& output,
                         Context const& context, nlohmann::json const& more) {
  if (auto const written = write_world(table, output); !written) return fail(written.error());
  if (context.json) {
    auto document = table_info_to_json(table);
    document["output"] = output.string();
    document["errors"] = errors_of(check_table(table));
    document.update(more);
    print_line(to_text(document));
  }
  if (context.quiet || context.json) return {};
  print_line(fmt::format("wrote {} ({} regions, {} sectors, {} industries)", output.string(),
                         table.labels.regions.size(), table.labels.sectors.size(), table.size()));
  return {};
}

}  // namespace linchpin::app
