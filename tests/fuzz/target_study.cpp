// SPDX-License-Identifier: Apache-2.0
#include "fuzz/support.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/scenario_file.h"
#include "linchpin/study/study_file.h"
#include "support/fixtures.h"

namespace linchpin::fuzz {
namespace {

/// The labels the seeds use.
IndustrySpace const& space() {
  static IndustrySpace const result =
      IndustrySpace::make(test::full_labels({"USA", "CHN", "NLD"}, {"c14", "c15", "c33"})).value();
  return result;
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
  auto const scenario = study::read_scenario(text_of(input), "fuzz.toml", space());
  if (!scenario) require_sound(scenario.error());
}

}  // namespace linchpin::fuzz
