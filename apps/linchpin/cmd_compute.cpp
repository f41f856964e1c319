// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "apps/linchpin/context.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/results/worldless_origin.h"
#include "linchpin/study/compute_question.h"

namespace linchpin::app {
namespace {

using localize::Quantiles;

constexpr double exa = 1e18;
constexpr std::size_t most_draws = 1'000'000;  // all answers are kept until they are sorted

struct ComputeOptions {
  std::vector<std::string> files;
  std::vector<std::string> chips;  ///< parts of names
  std::size_t draws = 4096;
  std::uint64_t seed = 1;
};

std::vector<std::string> row_of(std::string name, Quantiles const& quantiles, double unit) {
  return {std::move(name), fmt::format("{:.3g}", quantiles.p05 / unit),
          fmt::format("{:.3g}", quantiles.p50 / unit), fmt::format("{:.3g}", quantiles.p95 / unit)};
}

void print_answer(study::ComputeAnswer const& answer) {
  auto const& ensemble = answer.ensemble;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < localize::all_sources.size(); ++k) {
    rows.push_back(row_of(to_string(localize::all_sources[k]), ensemble.by_source[k], exa));
  }
  rows.push_back(row_of("total", ensemble.total, exa));
  print(text_table({"effective compute, EFLOP/s", "5 %", "median", "95 %"}, rows));
  print_line();
  rows.clear();
  constexpr std::array units{"wafer", "stack", "package", "MW"};
  for (std::size_t k = 0; k < localize::all_constraints.size(); ++k) {
    auto row = row_of(fmt::format("{} (per {})", to_string(localize::all_constraints[k]), units[k]),
                      ensemble.shadow_values[k], 1e12);
    row.insert(row.begin() + 1, fmt::format("{:.0f} %", 100 * ensemble.binding_probability[k]));
    rows.push_back(std::move(row));
  }
  print(text_table({"constraint", "binds", "TFLOP/s of one more: 5 %", "median", "95 %"}, rows));
  print_line();
  auto const place = static_cast<std::size_t>(ensemble.binding);
  print_line(fmt::format(
      "At the values given, {} holds production back; it does in {:.0f} % of {} draws.",
      to_string(ensemble.binding), 100 * ensemble.binding_probability[place], ensemble.draws));
  if (ensemble.gap_months) {
    print_line(fmt::format("Behind the frontier by {:.0f} months ({:.0f} to {:.0f}).",
                           ensemble.gap_months->p50, ensemble.gap_months->p05,
                           ensemble.gap_months->p95));
  }
  if (ensemble.failed_draws > 0) print_line(fmt::format("{} draws failed.", ensemble.failed_draws));
  print(wrap(dim(study::assumption_note(answer))));
}

void print_chips(std::vector<parameters::Accelerator> const& chips) {
  std::vector<std::vector<std::string>> rows;
  auto const text = [](std::optional<double> value, double unit) {
    return value ? fmt::format("{:.5g}", *value / unit) : std::string{"–"};
  };
  for (auto const& each : chips) {
    rows.push_back({shortened(each.name, 40), each.released, text(each.performance_16bit, 1e12),
                    text(each.memory, 1e9), text(each.power, 1), text(each.tpp, 1),
                    text(study::density_of(each), 1), study::limit_met(each)});
  }
  print(text_table({"accelerator", "released", "TFLOP/s, 16 bits", "GB", "W", "TPP", "density",
                    "limit of 3A090.a met"},
                   rows));
  print(wrap(dim(
      "TPP at least 4800, or 1600 with a density of 5.92; the lower tier 3A090.b is not tested. "
      "Arithmetic with published figures, no legal advice. Source: Epoch AI, CC BY 4.0.")));
  print_line();
}

Result<void> run_compute(ComputeOptions const& options, Context const& context) {
  RunClock const clock;
  study::ComputeRequest request;
  for (auto const& each : options.files) {
    if (each != "default") request.files.push_back(each);
  }
  request.chips = options.chips;
  request.where = "--chip";
  request.draws = options.draws;
  request.seed = options.seed;
  ParameterFiles files({}, {}, context);
  auto const answer = study::answer_compute(request, files.source());
  if (!answer) return fail(answer.error());
  if (!context.json) {
    if (!answer->chips.empty()) print_chips(answer->chips);
    print_answer(*answer);
    return {};
  }
  Origin origin;
  origin.seed = options.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(options.draws)}};
  auto described = origin_without_world(clock, std::move(origin), files.with({}));
  if (!described) return fail(described.error());
  auto document = study::compute_to_json(*answer);
  document["origin"] = *std::move(described);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_compute(CLI::App& app, Context& context, Action& action) {
  auto const options = std::make_shared<ComputeOptions>();
  auto& command = *app.add_subcommand(
      "compute", "Computing power of a country under export controls, and what holds it back");
  command
      .add_option("--parameters", options->files,
                  "File of numbers in place of the shipped ones, key by key; repeatable")
      ->allow_extra_args(false);
  command
      .add_option(
          "--chip", options->chips,
          "Accelerator to test against the limits of US rules, part of its name; repeatable")
      ->allow_extra_args(false);
  command.add_option("--draws", options->draws, "How many draws over the ranges")
      ->check(CLI::Range(std::size_t{1}, most_draws))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Seed of the draws, a whole number")
      ->capture_default_str();
  add_json_option(command, context);
  command.callback([&context, &action, options] {
    action = [&context, options] { return run_compute(*options, context); };
  });
}

}  // namespace linchpin::app
