// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "apps/linchpin/table_commands.h"
#include "linchpin/table/nowcast/nowcast_rounding.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin::app {
namespace {

struct SplitWords {
  std::string input;
  SplitSpec spec;
  std::string outputs, flows, inputs, users;
  std::filesystem::path output;
};

/// Reads one of the CSV files if it was named.
template <class Entries>
void read(std::string const& path, Result<Entries> (*reader)(std::filesystem::path const&),
          Entries& entries, ErrorList& errors) {
  if (path.empty()) return;
  if (auto result = reader(path)) {
    entries = *std::move(result);
  } else {
    errors.add(result.error());
  }
}

Result<void> split(SplitWords const& words, Context const& context) {
  auto const fine = check_output(
      words.output, {words.input, words.outputs, words.flows, words.inputs, words.users}, true);
  if (!fine) return fine;
  auto spec = words.spec;
  ErrorList errors;
  read(words.outputs, read_split_outputs, spec.outputs, errors);
  read(words.flows, read_split_flows, spec.flows, errors);
  read(words.inputs, read_split_inputs, spec.inputs, errors);
  read(words.users, read_split_users, spec.users, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const table = open_table(words.input, context);
  if (!table) return fail(table.error());
  auto const result = split_sector(*table, spec);
  if (!result) return fail(result.error());
  return write_table(*result, words.output, context);
}

struct ResumWords {
  std::string input;
  std::filesystem::path output;
};

Result<void> resum(ResumWords const& words, Context const& context) {
  if (auto const fine = check_output(words.output, {words.input}, true); !fine) return fine;
  auto table = open_table(words.input, context);
  if (!table) return fail(table.error());
  auto const result = resummed(*std::move(table));
  if (!result) return fail(result.error());
  return write_table(*result, words.output, context);
}

}  // namespace

void add_table_split(CLI::App& table, Context& context, Action& action) {
  auto const words = std::make_shared<SplitWords>();
  auto& command =
      add_table_command(table, context, action, "split", "Carve a product line out of a sector",
                        [words](Context const& c) { return split(*words, c); });
  command.add_option("world", words->input, "Built-in world or table file")->required();
  command.add_option("--sector", words->spec.sector, "Sector to split")->required();
  command.add_option("--line", words->spec.line, "Label of the product line")->required();
  command.add_option("--line-name", words->spec.line_name, "Name of the product line");
  command.add_option("--rest", words->spec.rest, "Label of the remainder (default: the sector's)");
  command.add_option("--rest-name", words->spec.rest_name, "Name of the remainder");
  command.add_option("--outputs", words->outputs, "Output of the line (CSV: region,output)")
      ->required();
  command.add_option("--flows", words->flows, "Sales by buying region (CSV: seller,buyer,value)");
  command.add_option("--inputs", words->inputs,
                     "Inputs per unit of output (CSV: region,sector,share)");
  command.add_option("--users", words->users,
                     "Users of the line (CSV: region,user,share; user: sector or final category)");
  command.add_option("-o,--output", words->output, "World to write (.nc)")->required();
}

void add_table_resum(CLI::App& table, Context& context, Action& action) {
  auto const words = std::make_shared<ResumWords>();
  auto& command =
      add_table_command(table, context, action, "resum",
                        "Set output to what each row sells, value added to what inputs leave",
                        [words](Context const& c) { return resum(*words, c); });
  command.add_option("world", words->input, "Built-in world or table file")->required();
  command.add_option("-o,--output", words->output, "World to write (.nc)")->required();
}

}  // namespace linchpin::app
