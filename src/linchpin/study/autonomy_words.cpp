// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/autonomy_remarks.h"
#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/autonomy_run.h"
#include "linchpin/study/autonomy_threshold.h"
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

void add_subsidies(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.subsidies ||
      answer.central_insurance.verdict == localize::Insurance::Verdict::changes_nothing) {
    return;
  }
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
  result.push_back(
      fmt::format("Is it only subsidy? On the central path, with subsidies {} {}, {}; {}.",
                  end->as_planned ? "ending as planned in" : "taken away from",
                  end->first_year_without, gain, infant));
}

/// "the loss: a 50 % (± 20) and b 10 % (± 5)": the first three of a list that stops where nothing
/// is distinguishable from chance.
std::string driven_words(std::string const& result, std::vector<std::string> parts) {
  constexpr std::size_t most = 3;
  if (parts.size() > most) parts.resize(most);
  return fmt::format(
      "the {}: {}", result,
      parts.empty() ? std::string{"no number is distinguishable from chance"} : list_words(parts));
}

void add_drivers(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.drivers) return;
  std::vector<std::string> all;
  for (auto const& each : answer.drivers->results) {
    std::vector<std::string> parts;
    for (auto const& driver : each.drivers) {
      auto const& total = driver.indices.total;
      if (!matters(total)) break;
      parts.push_back(fmt::format("{} {:.0f} % (± {:.0f})", number_words(driver.number),
                                  100 * total.value, 200 * total.standard_error));
    }
    all.push_back(driven_words(each.result, std::move(parts)));
  }
  result.push_back(
      fmt::format("What drives it (share of the variance, interactions included; {} runs): {}.",
                  answer.drivers->draws, fmt::join(all, "; ")));
}

/// Decimals that show two digits of `value`, for all numbers of a range alike.
int decimals_for(double value) {
  if (!(std::abs(value) > 1e-9)) return 0;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 6);
}

/// "mandate 0.62 in 2025–2029": what the best programme consists of.
std::string programme_words(OptimalProgramme const& found) {
  constexpr std::size_t most = 6;
  std::vector<std::string> parts;
  for (auto const& each : found.amounts) {
    if (each.best < 0.005) continue;
    parts.push_back(fmt::format("{} {:.2g} in {}", instrument_words(each.kind), each.best,
                                each.to - each.from == 1
                                    ? fmt::to_string(each.from)
                                    : fmt::format("{}–{}", each.from, each.to - 1)));
  }
  if (parts.empty()) return "nothing at all";
  if (parts.size() > most) {
    parts.resize(most);
    parts.emplace_back("more (in the table)");
  }
  return list_words(parts);
}

void add_optimal(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.optimal) return;
  auto const& found = *answer.optimal;
  int const decimals =
      decimals_for(100 * std::min({std::abs(found.none.total()), std::abs(found.plan.total()),
                                   std::abs(found.best.total())}));
  auto const percent = [&](double share) {
    return fmt::format("{:.{}f} %", 100 * share, decimals);
  };
  auto const more = found.shadow_price > 0
                        ? fmt::format(
                              "one more year's worth of budget would save {:.2g} %, as far "
                              "as a small step tells",
                              100 * found.shadow_price)
                        : std::string{"the budget is no limit to what was found"};
  result.push_back(fmt::format(
      "If a cut-off has a yearly probability of {:.2g} %, programme and expected losses together "
      "come to {} of a year's real final use without a programme, {} with the study's, which takes "
      "{:.2f} years of first-year purchases, and {} with the best one found for a budget of {:.2f} "
      "({:.2f} of it used): {}; {}.",
      100 * found.hazard, percent(found.none.total()), percent(found.plan.total()),
      found.plan.outlay, percent(found.best.total()), found.budget, found.best.outlay,
      programme_words(found), more));
}

/// "0.102 % (median; 0.033 to 0.400)", or the central value where nothing was drawn.
std::string loss_words(double central, uncertainty::Spread const& spread, bool drawn) {
  if (!drawn) return fmt::format("{:.{}f} % (central)", 100 * central, decimals_for(100 * central));
  int const decimals = decimals_for(spread.p50);
  return fmt::format("{:.{}f} % (median; {:.{}f} to {:.{}f})", spread.p50, decimals, spread.p05,
                     decimals, spread.p95, decimals);
}

/// Where a loss lies below the threshold: "from 2031 on", "in 2029–2034 only", "in no year".
std::string below_words(std::vector<double> const& loss_pct, double threshold, int first_year) {
  std::vector<int> below;
  for (std::size_t t = 0; t < loss_pct.size(); ++t) {
    if (loss_pct[t] < threshold) below.push_back(first_year + static_cast<int>(t));
  }
  if (auto const from = localize::manageable_from(loss_pct, threshold)) {
    return *from == 0 ? std::string{"in every year"}
                      : fmt::format("from {} on", first_year + static_cast<int>(*from));
  }
  return below.empty() ? std::string{"in no year"} : fmt::format("in {} only", year_runs(below));
}

/// "0.05 % of real final use", "33 % of what it buys of the technology".
std::string threshold_words(AutonomyAnswer const& answer) {
  return fmt::format("{:g} % of {}", answer.threshold_pct,
                     answer.threshold_of == ThresholdOf::market ? "what it buys of the technology"
                                                                : "real final use");
}

std::string verdict_words(AutonomyAnswer const& answer, AutonomyStudy const& study) {
  auto const cut = cut_off_words(study);
  int const last = answer.central.with.back().year;
  auto const central = judged_loss(answer.central, answer.threshold_of);
  auto const threshold = threshold_words(answer);
  std::vector<double> loss;
  bool const drawn = answer.draws > 0;
  for (std::size_t t = 0; t < answer.years.size(); ++t) {
    auto const& year = answer.years[t];
    auto const& spread =
        answer.threshold_of == ThresholdOf::market ? year.loss_of_market_pct : year.loss_pct;
    loss.push_back(drawn ? spread.p50 : 100 * central[t]);
  }
  auto const below = below_words(loss, answer.threshold_pct, study.first_year);
  // Where there are draws their share leads: one path is not an answer.
  if (drawn) {
    return fmt::format(
        "in {:.0f} % of draws a {} becomes manageable for {} in the years to {}, costing less than "
        "{} from some year on to the end; the median loss is below that {}",
        100 * answer.manageable.probability, cut, with_article(answer.region_name), last, threshold,
        below);
  }
  if (answer.central_manageable) {
    return fmt::format(
        "under {} a {} is manageable for {} from {} on, costing less than {} from then to the end",
        assumptions_words(study), cut, with_article(answer.region_name),
        study.first_year + static_cast<int>(*answer.central_manageable), threshold);
  }
  return fmt::format(
      "under {} a {} is not manageable for {} (below {} from some year on to the end); it is "
      "below {}",
      assumptions_words(study), cut, with_article(answer.region_name), threshold, below);
}

std::string headline(AutonomyAnswer const& answer, AutonomyStudy const& study) {
  auto const& curve = answer.central;
  auto const last = curve.with.size() - 1;
  bool const drawn = answer.draws > 0;
  return fmt::format(
      "{}: {}. Starting in {} it costs {}{}; in {}, {} with the programme and {} without.",
      answer.title, verdict_words(answer, study), curve.with[0].year,
      loss_words(curve.loss_with[0], answer.years[0].loss_pct, drawn),
      answer.threshold_of == ThresholdOf::market ? " of real final use" : "", curve.with[last].year,
      loss_words(curve.loss_with[last], answer.years[last].loss_pct, drawn),
      loss_words(curve.loss_without[last], answer.years[last].loss_without_pct, drawn));
}

/// Made at home, medians where there are draws.
std::string made_words(AutonomyAnswer const& answer) {
  auto const& first = answer.years.front();
  auto const& last = answer.years.back();
  bool const drawn = answer.draws > 0;
  auto text =
      fmt::format("{}: {:.0f} % of demand is made at home in {}, {:.0f} % in {}",
                  drawn ? "Median of draws" : "Central path", 100 * first.domestic_share.p50,
                  first.year, 100 * last.domestic_share.p50, last.year);
  if (drawn) {
    text += fmt::format(" ({:.0f} to {:.0f} %)", 100 * last.domestic_share.p05,
                        100 * last.domestic_share.p95);
  }
  return text +
         fmt::format("; without the programme {:.0f} %.", 100 * last.domestic_share_without.p50);
}

/// Who loses sales to the newcomer, and who comes to depend on it.
void add_abroad(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.abroad.empty()) return;
  auto const& year = answer.abroad.back();
  std::size_t worst = 0, dependent = 0;
  for (std::size_t n = 0; n < year.regions.size(); ++n) {
    if (year.regions[n].line_lost > year.regions[worst].line_lost) worst = n;
    // Not by share: shares of small buyers are what splitting the host sector makes of them.
    if (year.regions[n].bought > year.regions[dependent].bought) dependent = n;
  }
  auto const& loser = year.regions[worst];
  std::string text;
  if (loser.line_lost_of_world > 1e-6) {
    text = fmt::format(
        "Abroad (central path, {}): {} loses most sales, {} a year or {} of what it "
        "would make",
        year.year, with_article(answer.region_names[worst]),
        money_words(loser.line_lost, answer.unit), percent_words(-100 * loser.line_output));
  }
  auto const& buyer = year.regions[dependent];
  if (buyer.newcomer > 0.001 && buyer.stop.soon && buyer.stop_without.soon) {
    text += fmt::format(
        "{}{} buys most from {}, {:.1f} % of what it needs ({:.1f} % without the programme): a "
        "stop would cost it {} of its real final use",
        text.empty() ? fmt::format("Abroad (central path, {}): ", year.year) : "; ",
        with_article(answer.region_names[dependent]), with_article(answer.region_name),
        100 * buyer.newcomer, 100 * buyer.newcomer_without, percent_words(100 * *buyer.stop.soon));
  }
  if (!text.empty()) result.push_back(text + ".");
}

std::string insured_words(AutonomyAnswer const& answer, AutonomyStudy const& study) {
  if (answer.central_insurance.verdict == localize::Insurance::Verdict::changes_nothing) {
    return "The programme changes nothing here, or there is none: there is no insurance to judge.";
  }
  if (answer.draws == 0) {
    return capital(insurance_words(answer.central_insurance, study.years)) + " (central path).";
  }
  auto const& even = answer.break_even;
  double const above = 1 - even.pays_without_cut_off - even.never;
  std::vector<std::string> parts;
  auto const add = [&](double share, std::string const& words) {
    constexpr double few = 1e-9;
    if (share > few) parts.push_back(fmt::format("{} in {:.0f} % of draws", words, 100 * share));
  };
  add(even.pays_without_cut_off, "pays without any cut-off");
  add(above, even.p50 && *even.p50 > 0
                 ? fmt::format("pays above some yearly probability of one (median of all draws "
                               "{:.2g} %)",
                               100 * *even.p50)
                 : std::string{"pays above some yearly probability of one"});
  add(even.never, fmt::format("does not pay within {} years", study.years));
  return fmt::format("As an insurance, counting final use only, the programme {}.",
                     list_words(parts));
}

/// What drives results, off the draws.
void add_given(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.drivers || answer.given.empty()) return;  // drivers say more
  if (answer.given.front().too_few()) {
    result.push_back(fmt::format("What drives it: {} draws are too few to say; {} or more would.",
                                 answer.given.front().draws, fewest_draws_for_drivers));
    return;
  }
  std::vector<std::string> all;
  for (auto const& each : answer.given) {
    std::vector<std::string> parts;
    for (auto const& driver : each.drivers) {
      if (!sampling::distinguishable(driver.first)) break;
      parts.push_back(fmt::format("{} {:.0f} % (± {:.0f})", number_words(driver.number),
                                  100 * driver.first.value,
                                  100 * (driver.first.high - driver.first.value)));
    }
    all.push_back(driven_words(each.result, std::move(parts)));
  }
  result.push_back(
      fmt::format("What drives it (share of the variance that a number explains alone; {} draws): "
                  "{}.",
                  answer.given.front().draws, fmt::join(all, "; ")));
}

void add_denial(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.denials.empty()) return;
  auto const& open = answer.central.with.back();
  std::vector<std::string> parts;
  for (auto const& each : answer.denials) {
    auto const& denied = each.path.back();
    auto const worst = worst_denied(answer.central.with, each.path);
    auto const& then = each.path[worst];
    auto const& undenied = answer.central.with[worst];
    constexpr double least = 0.01;
    auto const on_the_way =
        undenied.home_share - then.home_share > least
            ? fmt::format("; at worst, in {}, {:.0f} % made at home instead of {:.0f} %", then.year,
                          100 * then.home_share, 100 * undenied.home_share)
            : std::string{};
    parts.push_back(fmt::format("denying {} {} (experience {:.1f}, quality {:.2f}{})", each.denied,
                                denial_verdict(open, denied), denied.experience, denied.quality,
                                on_the_way));
  }
  result.push_back(
      fmt::format("Does denial backfire? On the central path by {}, against experience {:.1f} and "
                  "quality {:.2f} without: {}.",
                  open.year, open.experience, open.quality, fmt::join(parts, "; ")));
}

/// "memory until 2031, then orders": what limits chips made at home, in runs of years.
std::string bottleneck_words(std::vector<localize::ComputePathYear> const& years) {
  std::vector<std::string> runs;
  auto const name = [](localize::ComputePathYear const& year) -> std::string {
    return year.binding ? to_string(*year.binding) : "what is ordered";
  };
  for (std::size_t k = 0; k < years.size();) {
    auto end = k;
    while (end + 1 < years.size() && years[end + 1].binding == years[k].binding) ++end;
    auto const& at_end = years.back();
    auto const place = at_end.binding ? static_cast<std::size_t>(*at_end.binding)
                                      : at_end.binding_probability.size() - 1;
    runs.push_back(
        end + 1 == years.size()
            ? fmt::format("{} from {} on (in {:.0f} % of draws in {})", name(years[k]),
                          years[k].year, 100 * at_end.binding_probability[place], at_end.year)
            : fmt::format("{} in {}", name(years[k]),
                          end == k ? fmt::to_string(years[k].year)
                                   : fmt::format("{}–{}", years[k].year, years[end].year)));
    k = end + 1;
  }
  return list_words(runs);
}

void add_compute_words(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (answer.compute_paths.empty()) return;
  auto const& years = answer.compute_paths.front().second;
  auto text = fmt::format("Computing power along the path: chips made at home are limited by {}",
                          bottleneck_words(years));
  auto const& first = years.front();
  auto const& last = years.back();
  if (first.gap_months && last.gap_months) {
    text += fmt::format(
        "; {} is {:.0f} months behind the frontier in {} and {:.0f} ({:.0f} to {:.0f}) in {}",
        with_article(answer.region_name), first.gap_months->p50, first.year, last.gap_months->p50,
        last.gap_months->p05, last.gap_months->p95, last.year);
  }
  auto const& none = answer.compute_paths.back().second.back();
  if (none.gap_months) {
    text += fmt::format(" ({:.0f} without the programme)", none.gap_months->p50);
  }
  result.push_back(fmt::format(
      "{}. Demand grows alike on both sides, {:.0f} times beyond the path's own growth by {}. The "
      "gap rests on how fast those means at home grow, which is assumed, and orders that cannot be "
      "made are not bought abroad instead.",
      text, last.market, last.year));
}

void add_diffusion(std::vector<std::string>& result, AutonomyAnswer const& answer) {
  if (!answer.diffusion) return;
  auto const& with = answer.central.with.back();
  auto const& without = answer.central.without.back();
  result.push_back(fmt::format(
      "What it does for other sectors (central path): by {} the stock in use is {:.2g} times the "
      "first year's and lifts the productivity of an exposed sector by {:.2g} %, from {:.2g} % in "
      "{} ({:.2g} times and {:.2g} % without the programme).",
      with.year, with.compute_stock, 100 * with.compute_gain,
      100 * answer.central.with.front().compute_gain, answer.central.with.front().year,
      without.compute_stock, 100 * without.compute_gain));
  double const least =
      answer.draws > 0 ? answer.years.front().loss_pct.p05 : 100 * answer.central.loss_with.front();
  if (least < 0) {
    result.emplace_back(
        "An early cut-off may cost less than nothing here: what is not bought frees income for "
        "other things at once, and what is missing from the stock counts little where it does "
        "little for others.");
  }
}

}  // namespace

AutonomyWords autonomy_words(AutonomyAnswer const& answer, AutonomyStudy const& study) {
  AutonomyWords words;
  words.lead = {headline(answer, study), made_words(answer), insured_words(answer, study)};
  add_abroad(words.lead, answer);
  add_optimal(words.key, answer);
  add_compute_words(words.key, answer);
  add_diffusion(words.key, answer);
  add_given(words.key, answer);
  add_drivers(words.key, answer);
  add_subsidies(words.more, answer);
  add_denial(words.more, answer);
  return words;
}

std::vector<std::string> autonomy_sentences(AutonomyAnswer const& answer,
                                            AutonomyStudy const& study) {
  auto words = autonomy_words(answer, study);
  for (auto* list : {&words.key, &words.more}) {
    words.lead.insert(words.lead.end(), list->begin(), list->end());
  }
  return words.lead;
}

}  // namespace linchpin::study
