// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/headlines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/results/number_text.h"
#include "linchpin/results/run_range.h"
#include "linchpin/study/warnings.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

// Below this many per cent a change is rounding of the model, not news.
constexpr double negligible_pct = 1e-6;

std::string days_count(int days) {
  return count_words(static_cast<std::size_t>(days), "day", "days");
}

std::vector<std::string> quoted(std::vector<std::string> names) {
  for (auto& name : names) name = "'" + name + "'";
  return names;
}

// "Does not change" is a finding only where nothing can change; the warnings then say why.
std::string change_words(double loss_pct, bool idle) {
  bool const none = std::abs(loss_pct) < negligible_pct;
  if (none) return idle ? "does not change" : "changes by " + percent_words(negligible_pct);
  return fmt::format("{} by {}", loss_pct > 0 ? "falls" : "rises",
                     percent_words(std::abs(loss_pct)));
}

bool is_idle(ScenarioAnswer const& answer) { return all_idle(*answer.scenario, answer.path); }

std::string signed_loss(double loss_pct) {
  if (std::abs(loss_pct) < negligible_pct) return "no change";
  return fmt::format("a {} of {}", loss_pct > 0 ? "loss" : "gain",
                     percent_words(std::abs(loss_pct)));
}

SplitRange split_of(ScenarioAnswer const& answer, RegionId region) {
  auto const runs = all_runs(answer);
  return split_range(runs, [&](disrupt::Path const& path) {
    return std::optional<double>{path.region_value_added_loss_pct[region.index()]};
  });
}

std::string between_words(RunRange const& range) {
  double const low = range.low.value_or(0), high = range.high.value_or(0);
  if (signed_loss(low) == signed_loss(high)) return signed_loss(low);
  if (low >= negligible_pct) {
    return fmt::format("between {} and {}", percent_words(low), percent_words(high));
  }
  if (high <= -negligible_pct) {
    return fmt::format("a gain between {} and {}", percent_words(-high), percent_words(-low));
  }
  return fmt::format("between {} and {}", signed_loss(low), signed_loss(high));
}

std::string range_words(ScenarioAnswer const& answer, RegionId region) {
  if (answer.variants.empty()) return {};
  auto const split = split_of(answer, region);
  bool const central_short = !answer.path.shortages.empty();
  auto const& here = central_short ? split.short_of_input : split.supplied;
  auto const count = here.names.size(), all = split.all.names.size();
  if (count == all) return fmt::format(" ({} over {} model variants)", between_words(here), count);
  auto const side = central_short ? "an input runs short" : "no input runs short";
  if (count == 1) return fmt::format(" (only in this one of {} model variants {})", all, side);
  return fmt::format(" ({} over the {} of {} model variants in which {})", between_words(here),
                     count, all, side);
}

/// What happens in the variants on the other side of the threshold from the central run, if any.
std::string other_side_sentence(Economy const& economy, ScenarioAnswer const& answer,
                                RegionId region) {
  auto const split = split_of(answer, region);
  bool const central_short = !answer.path.shortages.empty();
  auto const& there = central_short ? split.supplied : split.short_of_input;
  if (there.names.empty()) return {};
  auto const variants = fmt::format("{} of {} model variants ({})", there.names.size(),
                                    split.all.names.size(), list_words(quoted(there.names)));
  auto const loss = fmt::format("the outcome for {} is {}", region_words(economy.space(), region),
                                between_words(there));
  return central_short
             ? fmt::format("In {} stocks last and {}.", variants, loss)
             : fmt::format(
                   "In {} stocks run out, shortages amplify each other, and {}: a threshold "
                   "of the model, not a forecast.",
                   variants, loss);
}

std::string final_use_words(ScenarioAnswer const& answer, RegionId region) {
  double const loss = answer.path.region_final_use_loss_pct[region.index()];
  if (std::abs(loss) < negligible_pct) return "; its final users receive as much as before";
  return fmt::format("; its final users receive {} {}", percent_words(std::abs(loss)),
                     loss > 0 ? "less" : "more");
}

// Whether a lost supplier is replaced decides the answer, so the sentence says which it is.
std::string rule_words(ScenarioAnswer const& answer) {
  if (answer.scenario->scenario.cuts.empty()) return {};
  return answer.scenario->options.order_rule == disrupt::OrderRule::fixed
             ? " and nobody turns to other suppliers"
             : " and buyers turn to other suppliers";
}

std::string focus_sentence(Economy const& economy, ScenarioAnswer const& answer, RegionId region) {
  auto const& path = answer.path;
  double const pct = path.region_value_added_loss_pct[region.index()];
  double const money = path.region_value_added_loss[region.index()];
  auto const& space = economy.space();
  auto sentence = fmt::format("{}{}, {} value added over {} {}{}",
                              condition_words(*answer.scenario, space), rule_words(answer),
                              possessive(region_words(space, region)), days_count(path.days),
                              change_words(pct, is_idle(answer)), range_words(answer, region));
  if (std::abs(pct) >= negligible_pct) {
    sentence += ", about " + money_words(money, economy.info().unit);
  }
  return sentence + final_use_words(answer, region) + ".";
}

std::optional<RegionId> largest_other(DenseVector const& losses, RegionId focus) {
  std::optional<RegionId> best;
  for (std::size_t r = 0; r < losses.size(); ++r) {
    if (r == focus.index() || losses[r] <= 0) continue;
    if (!best || losses[r] > losses[best->index()]) best = RegionId{r};
  }
  return best;
}

std::string others_sentence(Economy const& economy, ScenarioAnswer const& answer, RegionId focus) {
  auto const& path = answer.path;
  auto const& space = economy.space();
  auto const world = fmt::format("World value added {}",
                                 change_words(path.world_value_added_loss_pct, is_idle(answer)));
  auto const by_share = largest_other(path.region_value_added_loss_pct, focus);
  auto const by_money = largest_other(path.region_value_added_loss, focus);
  bool const nobody =
      !by_share || path.region_value_added_loss_pct[by_share->index()] < negligible_pct;
  if (nobody) {
    return fmt::format("{}; no other region loses value added.", world);
  }
  auto const loss = [&](RegionId region) {
    return fmt::format(
        "{} of its value added{}, about {}",
        percent_words(path.region_value_added_loss_pct[region.index()]),
        range_words(answer, region),
        money_words(path.region_value_added_loss[region.index()], economy.info().unit));
  };
  auto text =
      fmt::format("{}. Outside {}, {} loses most for its size: {}", world,
                  region_words(space, focus), region_words(space, *by_share), loss(*by_share));
  if (by_money && *by_money != *by_share) {
    text += fmt::format("; {} most in money: {}", region_words(space, *by_money), loss(*by_money));
  }
  return text + ".";
}

std::string shortage_sentence(Economy const& economy, disrupt::Path const& path) {
  auto const& space = economy.space();
  if (path.shortages.empty()) {
    return fmt::format("No industry runs short of an input within {}.", days_count(path.days));
  }
  auto const first = shortages_by_weight(space, path).front();
  auto const count = industries_short(path);
  return fmt::format(
      "The first shortage comes on day {}: {} ({}) runs short of {}; in all, {} of {} {} short of "
      "an input at some time.",
      first.first_day, industry_words(space, first.industry), space.label(first.industry),
      sector_words(space, first.product), count,
      count_words(space.size(), "industry", "industries"), count == 1 ? "runs" : "run");
}

struct SupplierGroup {
  std::vector<RegionId> regions;
  std::string words;
};

SupplierGroup suppliers_for(Economy const& economy, depend::BuyerAccount const& account,
                            ResolvedScenario const* scenario) {
  SupplierGroup group;
  auto const& space = economy.space();
  auto const* cut = scenario != nullptr && !scenario->scenario.cuts.empty()
                        ? &scenario->scenario.cuts.front()
                        : nullptr;
  auto const names = [](auto const& ids, auto id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  bool const cut_off =
      cut != nullptr &&
      (names(cut->buyers, account.buyer.region) ||
       (account.buyer.industry && names(cut->buyer_industries, *account.buyer.industry)));
  if (cut_off) {
    for (auto const seller : cut->sellers) {
      if (seller != account.buyer.region) group.regions.push_back(seller);
    }
    group.words = group.regions.size() == 1
                      ? region_words(space, group.regions.front())
                      : fmt::format("the {} regions that cut it off", group.regions.size());
  } else if (account.look_through.largest_foreign) {
    group.regions = {*account.look_through.largest_foreign};
    group.words =
        fmt::format("its largest foreign supplier, {}", region_words(space, group.regions.front()));
  }
  return group;
}

}  // namespace

std::vector<std::string> disrupt_headlines(Economy const& economy, ScenarioAnswer const& answer,
                                           std::optional<RegionId> focus) {
  auto const region = headline_region(*answer.scenario, economy.space(), focus);
  if (!region) {
    return {fmt::format("Without any shock, world output over {} {}.", days_count(answer.path.days),
                        change_words(answer.path.world_output_loss_pct, true))};
  }
  std::vector<std::string> sentences{focus_sentence(economy, answer, *region)};
  if (auto other = other_side_sentence(economy, answer, *region); !other.empty()) {
    sentences.push_back(std::move(other));
  }
  sentences.push_back(others_sentence(economy, answer, *region));
  sentences.push_back(shortage_sentence(economy, answer.path));
  return sentences;
}

std::vector<std::string> depend_headlines(Economy const& economy, DependAnswer const& answer,
                                          ResolvedScenario const* scenario) {
  constexpr std::size_t most_sentences = 5;
  auto const& space = economy.space();
  std::vector<std::string> sentences;
  for (auto const& account : answer.accounts) {
    if (sentences.size() == most_sentences) break;
    auto const group = suppliers_for(economy, account, scenario);
    if (group.regions.empty()) continue;
    double direct = 0, whole = 0;
    for (auto const region : group.regions) {
      direct += account.by_region[region.index()].face_value;
      whole += account.by_region[region.index()].look_through;
    }
    auto const buyer = account.buyer.industry ? industry_words(space, *account.buyer.industry)
                                              : region_words(space, account.buyer.region);
    sentences.push_back(fmt::format(
        "Per {} of output, {} buys {} directly from {}, but {} once whole supply chains are looked "
        "through.",
        hundred_words(economy.info().unit), buyer, two_digits(100 * direct), group.words,
        two_digits(100 * whole)));
  }
  return sentences;
}

}  // namespace linchpin::study
