// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "fuzz/support.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/study_file.h"
#include "linchpin/study/trade_resolver.h"
#include "linchpin/study/trade_scenario_file.h"
#include "support/fixtures.h"

namespace linchpin::fuzz {
namespace {

/// The labels the seeds use.
IndustrySpace const& space() {
  static IndustrySpace const result = [] {
    auto labels = test::full_labels({"USA", "CHN", "NLD"}, {"c14", "c15", "c33"});
    labels.categories = {{"HH", "Households", false}, {"GOV", "Government", false}};
    return IndustrySpace::make(std::move(labels)).value();
  }();
  return result;
}

Economy const& economy() {
  static Economy const result = [] {
    auto const& labels = space().labels();
    auto const n = space().size();
    DenseMatrix flows(n, n), final_use(n, labels.final_columns());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) flows(i, j) = static_cast<double>((7 * i + 3 * j) % 5);
      for (std::size_t r = 0; r < labels.final_columns(); ++r) {
        final_use(i, r) = static_cast<double>(10 + (i + r) % 4);
      }
    }
    return Economy::make(
               test::balanced_table("fuzz", labels, std::move(flows), std::move(final_use)))
        .value();
  }();
  return result;
}

/// No NaN leaves the kernel, whatever the scenario says.
void run(study::ResolvedScenario const& resolved) {
  auto options = resolved.options;
  options.days = 12;
  auto const path = disrupt::simulate(economy(), resolved.scenario, options, {.threads = 1});
  if (!path) return require_sound(path.error());
  for (auto const* shares : {&path->output_relative, &path->final_use_relative}) {
    for (double const each : shares->values()) {
      require(std::isfinite(each) && each >= 0, "shares of the baseline are finite and >= 0");
    }
  }
}

/// The same text as a scenario of trade policies, its first line as short forms.
void read_as_trade(std::string const& text) {
  ErrorList errors;
  auto spec = study::parse_trade_scenario(text, "fuzz.toml", errors);
  auto const line = text.substr(0, text.find('\n'));
  study::add_short_group(line, spec, errors);
  study::add_short_ban(line, spec, errors);
  study::add_short_tariff(line, spec, errors);
  study::check_trade_labels(spec, space(), errors);
  if (!errors.empty()) require_sound(errors.joined());
}

}  // namespace

void study(Bytes input) {
  auto const study = study::parse_study(text_of(input), "fuzz.toml");
  if (!study) return require_sound(study.error());
  auto const resolved = study::resolve_study(*study, space());
  if (!resolved) return require_sound(resolved.error());
  require(resolved->scenarios.size() == study->scenarios.size(), "every scenario is kept");
}

void scenario(Bytes input) {
  read_as_trade(std::string{text_of(input)});
  auto const scenario = study::read_scenario(text_of(input), "fuzz.toml", space());
  if (!scenario) return require_sound(scenario.error());
  run(*scenario);
}

}  // namespace linchpin::fuzz
