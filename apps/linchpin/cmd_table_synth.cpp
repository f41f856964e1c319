// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/table/synth.h"

namespace linchpin::app {
namespace {

struct SynthCommand {
  std::size_t regions = 0;
  std::size_t sectors = 0;
  std::uint64_t seed = 0;
  std::filesystem::path output;
};

Result<void> synth(SynthCommand const& command, Context const& context) {
  if (auto const fine = check_output(command.output, {}, true); !fine) return fine;
  SynthesisOptions const options{
      .regions = command.regions, .sectors = command.sectors, .seed = Seed{command.seed}};
  auto const table = synthesise_world(options, run_control(context));
  finish_progress();
  if (!table) return fail(table.error());
  return write_table(*table, command.output, context);
}

}  // namespace

void add_table_synth(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<SynthCommand>();
  auto& command =
      add_table_command(table, context, action, "synth", "Make up a world, for tests of any size",
                        [options](Context const& each) { return synth(*options, each); });
  command.add_option("--regions", options->regions, "Number of regions")->required();
  command.add_option("--sectors", options->sectors, "Number of sectors")->required();
  command.add_option("--seed", options->seed, "Seed of the random numbers")
      ->required()
      ->check(CLI::NonNegativeNumber);
  command.add_option("-o,--output", options->output, "World to write (.nc)")->required();
}

}  // namespace linchpin::app
