// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

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

std::string insurance_words(localize::Insurance const& insurance) {
  using Verdict = localize::Insurance::Verdict;
  if (insurance.verdict == Verdict::pays_without_cut_off) {
    return "the programme pays without any cut-off";
  }
  if (insurance.verdict == Verdict::never) {
    return "as an insurance the programme never pays within these years, however likely a cut-off";
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
  for (auto const& end : test.ends) {
    if (end.all) continue;
    auto const stands = end.gain_stands();
    result.push_back(
        stands ? fmt::format("Is it only subsidy? With subsidies {} {}, {:.0f} % of what the "
                             "programme had gained in the share made at home stands in the last "
                             "year ({:.0f} % of demand, against {:.0f} % without any programme).",
                             end.as_planned ? "ending as planned in" : "taken away from",
                             end.first_year_without, 100 * *stands, 100 * end.home_share_end,
                             100 * test.home_share_without_end)
               : fmt::format("Is it only subsidy? By {} the programme had hardly raised the share "
                             "made at home, so there is no gain that could stand.",
                             end.first_year_without));
  }
  result.push_back(fmt::format(
      "Mill's test: {}. Bastable's test: {} (present value of price abroad less cost {:.2g} years "
      "of first-year purchases).",
      test.mill_year
          ? fmt::format("a unit costs no more at home than abroad from {} on", *test.mill_year)
          : std::string{"a unit costs more at home than abroad in every year"},
      test.bastable_value > 0 ? "passed" : "failed", test.bastable_value));
}

void add_presets(std::vector<std::string>& result, AutonomyAnswer const& answer,
                 AutonomyStudy const& study) {
  if (answer.presets.empty()) return;
  std::vector<std::string> parts;
  for (auto const& preset : answer.presets) {
    auto const& curve = preset.curve;
    parts.push_back(fmt::format(
        "{}: cut-off {:.2g} % in {} and {:.2g} % in {}, manageable {}, {}", preset.preset,
        100 * curve.loss_with.front(), curve.with.front().year, 100 * curve.loss_with.back(),
        curve.with.back().year,
        preset.manageable
            ? fmt::format("from {}", study.first_year + static_cast<int>(*preset.manageable))
            : std::string{"in no year"},
        insurance_words(preset.insurance)));
  }
  result.push_back(fmt::format("{}; {}; {}.", capital(parts[0]), parts[1], parts[2]));
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

void add_undercut(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.competitors.empty()) return;
  auto const& last = answer.competitors.back();
  auto const& with = answer.central.with.back();
  auto const& without = answer.central.without.back();
  std::size_t worst = 0;
  double most = 0;
  for (std::size_t n = 0; n < last.size(); ++n) {
    if (answer.regions[n] == answer.region || last[n].line_output >= most) continue;
    most = last[n].line_output;
    worst = n;
  }
  auto text = fmt::format(
      "Abroad: {:.2g} % of what others buy in {}, {:.2g} % without the programme, at {:.2g} times "
      "the first year's export price",
      100 * with.share_abroad, with.year, 100 * without.share_abroad, with.export_price);
  if (most < -1e-4) {
    text += fmt::format("; {} makes {:.2g} % less of it than without the programme",
                        answer.regions[worst], -100 * most);
  }
  result.push_back(text + ".");
}

}  // namespace

std::vector<std::string> autonomy_sentences(AutonomyAnswer const& answer,
                                            AutonomyStudy const& study) {
  std::vector<std::string> result;
  auto const& curve = answer.central;
  auto const last = curve.with.size() - 1;
  auto const drawn = [&](uncertainty::Spread const& spread) {
    return answer.draws > 0 ? fmt::format(" ({:.2g} to {:.2g})", spread.p05, spread.p95)
                            : std::string{};
  };
  result.push_back(fmt::format(
      "{}: under {} and with the programme a {} costs {} {:.2g} %{} of real final use if it starts "
      "in {} and {:.2g} %{} in {}; without the programme {:.2g} %{} and {:.2g} %{}.",
      answer.title, assumptions_words(study), cut_off_words(study), answer.region_name,
      100 * curve.loss_with[0], drawn(answer.years[0].loss_pct), curve.with[0].year,
      100 * curve.loss_with[last], drawn(answer.years[last].loss_pct), curve.with[last].year,
      100 * curve.loss_without[0], drawn(answer.years[0].loss_without_pct),
      100 * curve.loss_without[last], drawn(answer.years[last].loss_without_pct)));
  result.push_back(fmt::format(
      "Made at home: {:.0f} % of demand in {}, {:.0f} % in {} with the programme and {:.0f} % "
      "without.",
      100 * curve.with[0].home_share, curve.with[0].year, 100 * curve.with[last].home_share,
      curve.with[last].year, 100 * curve.without[last].home_share));
  auto const manageable =
      answer.central_manageable
          ? fmt::format("from {} on",
                        study.first_year + static_cast<int>(*answer.central_manageable))
          : std::string{"in no year up to the end"};
  result.push_back(fmt::format(
      "A cut-off stays below {:g} % {}{}.", study.threshold_pct, manageable,
      answer.draws > 0 ? fmt::format("; it does by {} in {:.0f} % of draws", curve.with[last].year,
                                     100 * answer.manageable.probability)
                       : std::string{}));
  result.push_back(capital(insurance_words(answer.central_insurance)) + ".");
  add_undercut(result, answer);
  add_subsidies(result, answer);
  add_presets(result, answer, study);
  add_drivers(result, answer);
  add_optimal(result, answer);
  return result;
}

}  // namespace linchpin::study
