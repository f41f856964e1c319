// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/results/number_text.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

constexpr std::size_t most_named = 4;
constexpr double least_named = 5e-4;  // per cent: below it "nobody" is the honest word

std::string signed_percent(double value) {
  return fmt::format("{}{}", value < 0 ? "−" : "+", percent_words(std::abs(value)));
}

/// The regions with the largest losses (or gains) first, outliers left out.
std::vector<RegionEffect const*> ranked(EquilibriumAnswer const& answer, bool losers) {
  std::vector<RegionEffect const*> order;
  for (auto const& each : answer.regions) {
    if (!each.outlier.empty()) continue;
    auto const value = each.outcome.welfare_exact;
    if (losers ? value <= -least_named : value >= least_named) order.push_back(&each);
  }
  std::stable_sort(order.begin(), order.end(), [](auto const* a, auto const* b) {
    return std::abs(a->outcome.welfare_exact) > std::abs(b->outcome.welfare_exact);
  });
  return order;
}

std::string named(std::vector<RegionEffect const*> const& order) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < std::min(order.size(), most_named); ++k) {
    parts.push_back(
        fmt::format("{} ({})", order[k]->name, signed_percent(order[k]->outcome.welfare_exact)));
  }
  return list_words(parts);
}

std::string side(EquilibriumAnswer const& answer, bool losers) {
  auto const order = ranked(answer, losers);
  if (order.empty()) return losers ? "Nobody loses" : "Nobody gains";
  auto const lead = losers ? "Loses" : "Gains";
  if (order.size() == 1) return fmt::format("{}: {} alone", lead, named(order));
  if (order.size() <= most_named) return fmt::format("{} most: {}", lead, named(order));
  return fmt::format("{} most: {}, of {} regions that {}", lead, named(order), order.size(),
                     losers ? "lose" : "gain");
}

bool has_result(EquilibriumAnswer const& answer) {
  return answer.regions.empty() || answer.world_welfare_pct.has_value();
}

/// The headline: who loses most, who gains most, and the world.
std::string extremes(EquilibriumAnswer const& answer) {
  if (!has_result(answer)) {
    return "every region is an outlier, not a result; welfare of the world as a whole is not "
           "defined.";
  }
  auto const of = [&](bool losers, char const* verb) {
    auto const order = ranked(answer, losers);
    if (order.empty()) return std::string{losers ? "nobody loses" : "nobody gains"};
    return fmt::format("{} {} most ({})", order.front()->name, verb,
                       signed_percent(order.front()->outcome.welfare_exact));
  };
  return fmt::format("{}, {}; welfare of the world as a whole {}.", of(true, "loses"),
                     of(false, "gains"), signed_percent(answer.world_welfare_pct.value_or(0.0)));
}

std::string name_of(EquilibriumAnswer const& answer, std::string const& region) {
  for (auto const& each : answer.regions) {
    if (each.region == region) return each.name;
  }
  return "the world";
}

std::string band_sentence(EquilibriumAnswer const& answer) {
  auto const& bands = *answer.bands;
  auto const of = [&](std::string const& region) {
    auto const found =
        std::find_if(bands.bands.begin(), bands.bands.end(),
                     [&](EquilibriumBand const& each) { return each.region == region; });
    return found == bands.bands.end() ? nullptr : &*found;
  };
  std::vector<std::string> parts;
  for (auto const& region : {bands.focus, std::string{"WORLD"}}) {
    auto const* band = of(region);
    if (band == nullptr) continue;
    auto const range =
        bands.has_quantiles
            ? fmt::format("{} to {} in nine draws of ten", signed_percent(band->p05),
                          signed_percent(band->p95))
            : fmt::format("{} on average, with a standard deviation of {}",
                          signed_percent(band->mean), percent_words(band->standard_deviation));
    parts.push_back(fmt::format("{} {}", name_of(answer, region), range));
  }
  return fmt::format("Over {} of elasticities ({} failed): {}.",
                     count_words(bands.draws, "draw", "draws"), bands.failed,
                     fmt::format("{}", fmt::join(parts, "; ")));
}

}  // namespace

std::vector<std::string> trade_sentences(EquilibriumAnswer const& answer) {
  auto const name = !answer.title.empty() ? answer.title : answer.scenario;
  auto const lead = name.empty() ? std::string{} : name + ": ";
  if (!answer.lost_words.empty()) {
    return {fmt::format("{}{}. No prices balance this world.", lead, answer.lost_words)};
  }
  std::vector<std::string> sentences;
  sentences.push_back(lead + extremes(answer));
  if (!has_result(answer)) return sentences;
  sentences.push_back(
      fmt::format("{}. {}. Welfare: exact change of final spending over its "
                  "prices; {}.",
                  side(answer, true), side(answer, false), answer.setting.horizon));
  if (answer.bands) sentences.push_back(band_sentence(answer));
  return sentences;
}

std::string trade_setting_words(EquilibriumSetting const& setting) {
  return fmt::format(
      "Model {} ({}); trade elasticities: {}; horizon: {}; deficits: {}; tariffs of "
      "the base: {}; base: {}.",
      setting.model, setting.closure, setting.theta, setting.horizon, setting.deficits,
      setting.tariffs, setting.vintage);
}

std::vector<ResultNote> trade_notes(std::vector<EquilibriumAnswer> const& answers) {
  std::vector<ResultNote> notes;
  if (answers.empty()) return notes;
  notes.push_back(
      {NoteKind::method, "Where trade settles",
       "Multi-sector trade model in changes (Caliendo & Parro 2015) with nested CES production: "
       "all "
       "prices, wages and trade flows after the change, when everybody has adjusted. Regions share "
       "origins among all their buyers. It says nothing about the way there; shortages of the "
       "first "
       "months are another question."});
  for (auto const& answer : answers) {
    notes.push_back({NoteKind::assumption,
                     answer.scenario.empty() ? "Setting" : "Setting of " + answer.scenario,
                     trade_setting_words(answer.setting)});
    for (auto const& remark : answer.notes) {
      notes.push_back({NoteKind::method,
                       answer.scenario.empty() ? "Reading the numbers"
                                               : "Reading the numbers of " + answer.scenario,
                       remark});
    }
    if (!answer.bands) continue;
    std::string text =
        answer.bands->assumed
            ? "The study does not say what is uncertain; these ranges are Linchpin's "
              "assumptions:"
            : "The study says what is uncertain:";
    char const* separator = " ";
    for (auto const& each : answer.bands->parameters) {
      text += fmt::format("{}{}, {} {} to {}", separator, each.words, each.distribution, each.low,
                          each.high);
      separator = "; ";
    }
    notes.push_back({NoteKind::assumption, "Uncertain elasticities", text + "."});
  }
  std::string mended;
  for (auto const& each : answers.front().adjustments) {
    mended += (mended.empty() ? "" : " ") + each;
  }
  if (!mended.empty())
    notes.push_back({NoteKind::data, "What was mended in the trade base", mended});
  return notes;
}

}  // namespace linchpin::study
