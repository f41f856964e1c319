// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/localize_output.h"

#include <fmt/format.h>

#include "apps/linchpin/terminal.h"
#include "linchpin/study/autonomy_json.h"

namespace linchpin::app {

using study::AutonomyAnswer;
using uncertainty::Spread;

void print_autonomy(std::vector<AutonomyAnswer> const& answers, study::AutonomyStudy const& study) {
  for (auto const& answer : answers) {
    print_line(bold(fmt::format("{}: {}", study.title, answer.title)));
    for (auto const& sentence : study::autonomy_sentences(answer, study)) print(wrap(sentence));
    print_line();
    std::vector<std::vector<std::string>> rows;
    auto const cell = [&](Spread const& spread, double central, double unit) {
      return answer.draws > 0 ? fmt::format("{:.3g} [{:.3g}, {:.3g}]", unit * spread.p50,
                                            unit * spread.p05, unit * spread.p95)
                              : fmt::format("{:.3g}", unit * central);
    };
    for (std::size_t t = 0; t < answer.years.size(); ++t) {
      auto const& year = answer.years[t];
      auto const& path = answer.central.with[t];
      rows.push_back({fmt::to_string(year.year), cell(year.domestic_share, path.home_share, 100),
                      cell(year.unit_cost_relative, path.unit_cost, 1),
                      cell(year.quality_relative, path.quality, 1),
                      cell(year.programme_cost_pct, 100 * answer.central.cost[t], 1),
                      cell(year.loss_pct, 100 * answer.central.loss_with[t], 1),
                      cell(year.loss_without_pct, 100 * answer.central.loss_without[t], 1)});
    }
    print(text_table({"year", "home, %", "price, abroad = 1", "quality, frontier = 1",
                      "programme costs, %", "cut-off costs, %", "without programme, %"},
                     rows));
    if (answer.draws > 0) {
      print_line(fmt::format("Medians over draws [5 to 95 %]. {} of {} draws failed.",
                             answer.failed == 0 ? "None" : fmt::to_string(answer.failed),
                             answer.draws));
    }
    for (auto const& warning : answer.warnings) print(wrap(dim(warning)));
    print(wrap(dim(study::assumption_note(answer))));
    print_line();
  }
}

}  // namespace linchpin::app
