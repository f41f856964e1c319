// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/autonomy_run.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

std::string cut_off_words(AutonomyStudy const& study) {
  auto const years = study.cut_off.years;
  auto const length = years == 1 ? std::string{"one year"} : fmt::format("{} years", years);
  return study.cut_off.leakage > 0
             ? fmt::format("cut-off of {} that leaks {:.0f} %", length, 100 * study.cut_off.leakage)
             : fmt::format("full cut-off of {}", length);
}

std::string assumptions_words(AutonomyStudy const& study) {
  return study.asks.preset == "central" ? std::string{"the central assumptions"}
                                        : fmt::format("the {}'s assumptions", study.asks.preset);
}

std::string insurance_words(localize::Insurance const& insurance, int years) {
  using Verdict = localize::Insurance::Verdict;
  if (insurance.verdict == Verdict::pays_without_cut_off) {
    return "the programme pays without any cut-off";
  }
  if (insurance.verdict == Verdict::never) {
    return fmt::format(
        "as an insurance the programme does not pay within {} years, counting final use only",
        years);
  }
  return fmt::format(
      "as an insurance the programme pays if a cut-off has a yearly probability of {:.2g} % or "
      "more",
      100 * *insurance.hazard);
}

std::string capital(std::string text) {
  text[0] = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
  return text;
}

void add_subsidies(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.subsidies) return;
  auto const& test = *answer.subsidies;
  std::string mill = "a unit costs more at home than abroad in every year";
  if (test.already_cheaper) mill = "a unit is already no dearer at home than abroad";
  if (test.mill_year && !test.already_cheaper) {
    mill = fmt::format("a unit costs no more at home than abroad from {} on", *test.mill_year);
  }
  auto const infant =
      fmt::format("{}; Bastable's test {} ({:.2g} years of first-year purchases)", mill,
                  test.bastable_value > 0 ? "passed" : "failed", test.bastable_value);
  // One of them in words, the earliest; all are in the table.
  auto const end = std::find_if(test.ends.begin(), test.ends.end(),
                                [](SubsidyEnd const& each) { return !each.all; });
  if (end == test.ends.end()) {
    result.push_back(capital(infant) + ".");
    return;
  }
  auto const stands = end->gain_stands();
  auto const gain =
      stands ? fmt::format(
                   "{:.0f} % of the gain in the share made at home stands in the last year "
                   "({:.1f} of {:.1f} points)",
                   100 * *stands, 100 * end->gain_end, 100 * end->gain_full)
             : fmt::format("the programme's own gain has faded by the last year ({:.1f} points)",
                           100 * end->gain_full);
  result.push_back(fmt::format("Is it only subsidy? With subsidies {} {}, {}; {}.",
                               end->as_planned ? "ending as planned in" : "taken away from",
                               end->first_year_without, gain, infant));
}

void add_drivers(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.drivers) return;
  for (auto const& each : answer.drivers->results) {
    if (each.drivers.empty()) {
      result.push_back(fmt::format("What drives it: nothing moves the {}.", each.result));
      continue;
    }
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, each.drivers.size()); ++k) {
      auto const& total = each.drivers[k].indices.total;
      parts.push_back(fmt::format("{} {:.0f} % (± {:.0f})", each.drivers[k].number,
                                  100 * total.value, 100 * total.standard_error));
    }
    result.push_back(fmt::format("What drives the {}: {} of the variance, interactions included.",
                                 each.result, list_words(parts)));
  }
}

void add_optimal(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.optimal) return;
  auto const& found = *answer.optimal;
  result.push_back(fmt::format(
      "If a cut-off has a yearly probability of {:.2g} %, programme and expected losses together "
      "come to {:.3g} % of a year's real final use without a programme, {:.3g} % with the study's "
      "and {:.3g} % with the best one found for a budget of {:.3g} years of first-year purchases "
      "({:.3g} of it used); one more year's worth of budget would save {:.2g} %.",
      100 * found.hazard, 100 * found.none.total(), 100 * found.plan.total(),
      100 * found.best.total(), found.budget, found.best.outlay, 100 * found.shadow_price));
}

/// Decimals that show two digits of `value`, for all numbers of a range alike.
int decimals_for(double value) {
  if (!(std::abs(value) > 1e-9)) return 0;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 6);
}

/// "0.102 % (median; 0.033 to 0.400)", or the central value where nothing was drawn.
std::string loss_words(double central, uncertainty::Spread const& spread, bool drawn) {
  if (!drawn) return fmt::format("{:.{}f} % (central)", 100 * central, decimals_for(100 * central));
  int const decimals = decimals_for(spread.p50);
  return fmt::format("{:.{}f} % (median; {:.{}f} to {:.{}f})", spread.p50, decimals, spread.p05,
                     decimals, spread.p95, decimals);
}

std::string headline(AutonomyAnswer const& answer, AutonomyStudy const& study) {
  auto const& curve = answer.central;
  auto const last = curve.with.size() - 1;
  bool const drawn = answer.draws > 0;
  std::string manageable = "in no year up to the end";
  if (answer.central_manageable) {
    manageable =
        fmt::format("from {} on", study.first_year + static_cast<int>(*answer.central_manageable));
  }
  // Where there are draws their share leads: one path is not an answer.
  auto const verdict =
      drawn ? fmt::format(
                  "in {:.0f} % of draws a {} costs {} less than {:g} % of real final use "
                  "by {} (central path: {})",
                  100 * answer.manageable.probability, cut_off_words(study), answer.region_name,
                  study.threshold_pct, curve.with[last].year, manageable)
            : fmt::format("under {} a {} costs {} less than {:g} % of real final use {}",
                          assumptions_words(study), cut_off_words(study), answer.region_name,
                          study.threshold_pct, manageable);
  return fmt::format(
      "{}: {}. Starting in {} it costs {}; in {}, {} with the programme and {} without.",
      answer.title, verdict, curve.with[0].year,
      loss_words(curve.loss_with[0], answer.years[0].loss_pct, drawn), curve.with[last].year,
      loss_words(curve.loss_with[last], answer.years[last].loss_pct, drawn),
      loss_words(curve.loss_without[last], answer.years[last].loss_without_pct, drawn));
}

/// Made at home, and abroad with the maker that loses most.
std::string made_words(AutonomyAnswer const& answer) {
  auto const& with = answer.central.with.back();
  auto const& without = answer.central.without.back();
  auto text = fmt::format(
      "Central path: {:.0f} % of demand is made at home in {}, {:.0f} % in {} ({:.0f} % without "
      "the programme)",
      100 * answer.central.with[0].home_share, answer.central.with[0].year, 100 * with.home_share,
      with.year, 100 * without.home_share);
  std::size_t worst = 0;
  double most = 0;
  auto const lost = answer.line_lost.empty() ? std::vector<double>{} : answer.line_lost.back();
  for (std::size_t n = 0; n < lost.size(); ++n) {
    if (answer.regions[n] == answer.region || lost[n] <= most) continue;
    most = lost[n];
    worst = n;
  }
  if (most > 1e-6) {
    text += fmt::format(
        "; abroad {} loses most sales, {:.2g} % of what the world made in {}",
        answer.region_names.empty() ? answer.regions[worst] : answer.region_names[worst],
        100 * most, answer.central.with[0].year);
  }
  return text + ".";
}

void add_denial(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.denials.empty()) return;
  auto const& open = answer.central.with.back();
  std::vector<std::string> parts;
  for (auto const& each : answer.denials) {
    auto const& denied = each.path.back();
    parts.push_back(fmt::format("denying {} {} (experience {:.1f}, quality {:.2f})", each.denied,
                                denial_verdict(open, denied), denied.experience, denied.quality));
  }
  result.push_back(fmt::format(
      "Does denial backfire? By {}, against experience {:.1f} and quality {:.2f} without: {}.",
      open.year, open.experience, open.quality, fmt::join(parts, "; ")));
}

}  // namespace

std::vector<std::string> autonomy_sentences(AutonomyAnswer const& answer,
                                            AutonomyStudy const& study) {
  std::vector<std::string> result{headline(answer, study), made_words(answer)};
  result.push_back(capital(insurance_words(answer.central_insurance, study.years)) +
                   " (central path).");
  add_subsidies(result, answer);
  add_denial(result, answer);
  add_drivers(result, answer);
  add_optimal(result, answer);
  return result;
}

}  // namespace linchpin::study
