// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "linchpin/leverage/log_cost.h"
#include "linchpin/study/standoff_words.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

std::string name_of(LeverageStudyAnswer const& answer, std::string const& label) {
  auto const found = std::find(answer.regions.begin(), answer.regions.end(), label);
  if (found == answer.regions.end()) return label;
  return answer.region_words[static_cast<std::size_t>(found - answer.regions.begin())];
}

double dearer(PowerPair const& pair) { return leverage::dearer_pct(pair.cost_index); }

std::string senders_of(LeverageStudyAnswer const& answer, PowerPair const& pair) {
  std::vector<std::string> names;
  for (auto const& sender : pair.senders) names.push_back(name_of(answer, sender));
  return list_words(names);
}

PowerPair const* find_pair(PowerAnswer const& power, PowerPair const& like) {
  for (auto const& pair : power.pairs) {
    if (pair.senders == like.senders && pair.target == like.target) return &pair;
  }
  return nullptr;
}

PowerPair const* strongest(PowerAnswer const& power) {
  PowerPair const* most = nullptr;
  for (auto const& pair : power.pairs) {
    if (most == nullptr || pair.cost_index > most->cost_index) most = &pair;
  }
  return most;
}

/// The pair whose power rose, or fell, most between the first and the last world.
std::string change_sentence(LeverageStudyAnswer const& answer) {
  if (answer.power.size() < 2) return {};
  auto const& first = answer.power.front();
  // Other sectors, other elasticities: only years with the sectors of the first compare with it.
  auto const same = std::find_if(answer.power.rbegin(), answer.power.rend(), [&](auto const& year) {
    return year.answer.sectors == first.answer.sectors;
  });
  auto const& last = *same;
  if (&last == &first) return {};
  PowerPair const* risen = nullptr;
  double most = 0, from = 0;
  for (auto const& pair : last.answer.pairs) {
    auto const* before = find_pair(first.answer, pair);
    if (before == nullptr) continue;
    double const rise = dearer(pair) - dearer(*before);
    if (rise <= most) continue;
    most = rise;
    risen = &pair;
    from = dearer(*before);
  }
  if (risen == nullptr) return {};
  return fmt::format(
      "Between {} and {} no power grew more than that of {} over {}: a denial of all it sells "
      "would have made living there {} dearer in the first year, and {} in the last.",
      first.year, last.year, senders_of(answer, *risen), name_of(answer, risen->target),
      percent_words(from), percent_words(dearer(*risen)));
}

/// The strongest of all and its opposite.
std::string both_ways_sentence(LeverageStudyAnswer const& answer, PowerYear const& year,
                               std::string const& a, std::string const& b) {
  PowerPair like_ab, like_ba;
  like_ab.senders = {a};
  like_ab.target = b;
  like_ba.senders = {b};
  like_ba.target = a;
  auto const* ab = find_pair(year.answer, like_ab);
  auto const* ba = find_pair(year.answer, like_ba);
  if (ab == nullptr || ba == nullptr || !ab->target_loss_pct || !ba->target_loss_pct) return {};
  bool const first = *ab->target_loss_pct >= *ba->target_loss_pct;
  auto const* more = first ? ab : ba;
  auto const* less = first ? ba : ab;
  return fmt::format(
      "In {}, {} could cost {} {} of its real final spending once trade has settled by a denial of "
      "all it sells, {} could cost {} {}.",
      year.year, senders_of(answer, *more), name_of(answer, more->target),
      percent_words(*more->target_loss_pct), senders_of(answer, *less),
      name_of(answer, less->target), percent_words(*less->target_loss_pct));
}

void add_power(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  if (answer.power.empty()) return;
  auto const& last = answer.power.back();
  auto const* most = strongest(last.answer);
  if (most == nullptr) return;
  auto text = fmt::format(
      "{}, nobody holds anybody as firmly as {} holds {}: without what it sells, living there "
      "would "
      "be {} dearer at unchanged wages",
      last.year > 0 ? fmt::format("In {}", last.year) : "Today", senders_of(answer, *most),
      name_of(answer, most->target), percent_words(dearer(*most)));
  if (most->target_loss_pct) {
    text += fmt::format(", and it would lose {} of its real final spending once trade has settled",
                        percent_words(*most->target_loss_pct));
    if (most->settled_draws && most->settled_draws->p05) {
      text +=
          fmt::format(" ({} to {} in nine draws of ten)", percent_words(*most->settled_draws->p05),
                      percent_words(*most->settled_draws->p95));
    }
  }
  if (most->short_run_pct) {
    text += fmt::format(", {} of its final use over the first {} days",
                        percent_words(*most->short_run_pct), last.answer.days);
  }
  sentences.push_back(text + ".");
  if (auto words = both_ways_sentence(answer, last, most->senders.front(), most->target);
      !words.empty()) {
    sentences.push_back(std::move(words));
  }
  if (auto words = change_sentence(answer); !words.empty()) sentences.push_back(std::move(words));
  if (!last.answer.agreement) return;
  // How far from each other the sets are decides this: the sentence names them.
  double least = 1;
  for (auto const& row : last.answer.agreement->equilibrium) {
    for (double const tau : row) least = std::min(least, tau);
  }
  sentences.push_back(fmt::format(
      "The order of pairs by settled loss under other trade elasticities ({}): Kendall's tau is at "
      "least {:.2f} (1 is the same order, 0 none). Other published estimates are not among them.",
      fmt::join(last.answer.agreement->sets, ", "), least));
}

void add_chokepoints(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  for (auto const& each : answer.chokepoints) {
    if (each.settled.sets.empty()) continue;
    auto const& worst = each.settled.sets.front();
    auto text = fmt::format(
        "{} can be hurt most with {} link{} through {}: it loses {} of its real final spending{}",
        capital(name_of(answer, each.target)), each.k, each.k == 1 ? "" : "s",
        list_words(worst.links), percent_words(worst.loss_pct),
        each.cut < 1 ? fmt::format(" if {} of each is cut", percent_words(100 * each.cut))
                     : std::string{});
    if (worst.band_pct.size() == 3) {
      text += fmt::format(" ({} to {} in nine draws of ten)", percent_words(worst.band_pct[0]),
                          percent_words(worst.band_pct[2]));
    }
    std::vector<std::string> costs;
    for (auto const& [region, loss] : worst.sender_loss_pct) {
      costs.push_back(fmt::format("{} {}", name_of(answer, region), percent_words(loss)));
    }
    if (!costs.empty()) text += fmt::format("; those who must agree lose: {}", list_words(costs));
    sentences.push_back(text + ".");
  }
}

/// Who alone could cost the region most in the first year of a path, and what is left of it.
std::string alone_sentence(LeverageStudyAnswer const& answer, PowerAfter const& first,
                           PowerAfter const& last) {
  auto const here = [&](PowerAfter const& each, PowerAfter const& point) {
    return each.line == point.line && each.region == point.region && each.year == point.year &&
           each.power.target_loss_pct;
  };
  PowerAfter const* most = nullptr;
  for (auto const& each : answer.path) {
    if (!here(each, first)) continue;
    if (most == nullptr || *each.power.target_loss_pct > *most->power.target_loss_pct) {
      most = &each;
    }
  }
  if (most == nullptr) return {};
  for (auto const& each : answer.path) {
    if (!here(each, last) || each.power.senders != most->power.senders) continue;
    return fmt::format(" Alone {} could cost it most, {}, and {} then.",
                       name_of(answer, most->power.senders.front()),
                       percent_words(*most->power.target_loss_pct),
                       percent_words(*each.power.target_loss_pct));
  }
  return {};
}

/// Power over the first and the last year of each path.
void add_after(LeverageStudyAnswer const& answer, std::vector<std::string>& sentences) {
  for (std::size_t k = 0; k < answer.after.size(); ++k) {
    auto const& first = answer.after[k];
    while (k + 1 < answer.after.size() && answer.after[k + 1].line == first.line) ++k;
    auto const& last = answer.after[k];
    auto const& before = first.power.target_loss_pct;
    auto const& later = last.power.target_loss_pct;
    if (&first == &last || !before || !later) continue;
    sentences.push_back(fmt::format(
        "If all others denied it {}, {} would lose {} of its real final spending with {:.0f} % "
        "made "
        "at home ({}), and {} with {:.0f} % ({}).{}",
        first.line, name_of(answer, first.region), percent_words(*before), 100 * first.home_share,
        first.year, percent_words(*later), 100 * last.home_share, last.year,
        alone_sentence(answer, first, last)));
  }
}

}  // namespace

std::vector<std::string> leverage_headlines(LeverageStudyAnswer const& answer) {
  std::vector<std::string> sentences;
  for (auto const& standoff : answer.standoffs) {
    for (auto& words : standoff_headlines(standoff, answer.carved)) {
      sentences.push_back(std::move(words));
    }
  }
  add_power(answer, sentences);
  add_chokepoints(answer, sentences);
  add_after(answer, sentences);
  for (auto& words : standoff_after_headlines(answer.standoff_after)) {
    sentences.push_back(std::move(words));
  }
  return sentences;
}

std::vector<std::string> leverage_warnings(LeverageStudyAnswer const& answer) {
  auto warnings = answer.warnings;
  // What is said of every world is said once, the rest with the worlds it is said of.
  std::vector<std::pair<std::string, std::vector<std::string>>> of_worlds;
  for (auto const& year : answer.power) {
    for (auto const& text : year.answer.warnings) {
      auto const found = std::find_if(of_worlds.begin(), of_worlds.end(),
                                      [&](auto const& each) { return each.first == text; });
      if (found == of_worlds.end()) {
        of_worlds.emplace_back(text, std::vector{year.world});
      } else if (found->second.back() != year.world) {
        found->second.push_back(year.world);
      }
    }
  }
  for (auto& [text, worlds] : of_worlds) {
    if (worlds.size() == answer.power.size()) {
      warnings.push_back(std::move(text));
    } else {
      warnings.push_back(fmt::format("{}: {}", list_words(worlds), text));
    }
  }
  for (auto const& year : answer.power) {
    auto const& first = answer.power.front();
    if (year.answer.sectors == first.answer.sectors) continue;
    warnings.push_back(fmt::format(
        "{} has other sectors ({}) than {} ({}): its powers do not compare with theirs, for sums "
        "over sectors and elasticities differ. The sentence on what grew leaves it out.",
        year.world, year.answer.sectors.size(), first.world, first.answer.sectors.size()));
  }
  for (auto const& each : answer.chokepoints) {
    warnings.insert(warnings.end(), each.warnings.begin(), each.warnings.end());
  }
  for (auto const& each : answer.standoffs) {
    warnings.insert(warnings.end(), each.warnings.begin(), each.warnings.end());
    if (each.failed == 0) continue;
    warnings.push_back(
        fmt::format("Stand-off '{}': {} of {} draws have no answer and are left out "
                    "({}).",
                    each.name, each.failed, each.failed + each.draws, each.first_failure));
  }
  std::vector<std::string> once;
  for (auto& each : warnings) {
    if (std::find(once.begin(), once.end(), each) == once.end()) once.push_back(std::move(each));
  }
  return once;
}

std::vector<ResultNote> leverage_notes(LeverageStudyAnswer const& answer,
                                       LeverageSpec const& spec) {
  std::vector<ResultNote> notes;
  notes.push_back(
      {NoteKind::method, "Leverage",
       "Power measures what a denial would cost at the shares of one year: a threat, not "
       "what happened. Losses once trade has settled are exact, of both sides. Games say "
       "what is consistent with the payoffs, not what will happen."});
  notes.push_back({NoteKind::assumption, "Setting of leverage",
                   fmt::format("{}; trade elasticities: {}, {}; deficits: {}; base: {}.",
                               answer.setting.closure, answer.setting.theta, answer.setting.horizon,
                               answer.setting.deficits, answer.setting.vintage)});
  for (auto const& year : answer.power) {
    if (year.answer.short_run_model.empty()) continue;
    notes.push_back({NoteKind::assumption, "Power in the first months",
                     capital(year.answer.short_run_model) + "."});
    break;
  }
  for (auto const& standoff : answer.standoffs) {
    if (!standoff.losses.empty()) {
      notes.push_back({NoteKind::method, "Losses of " + standoff.name, standoff.losses + "."});
    }
    if (!standoff.timing.empty()) {
      notes.push_back(
          {NoteKind::assumption, "Time on the ladder of " + standoff.name, standoff.timing + "."});
    }
    if (standoff.assumptions.empty()) continue;
    notes.push_back({NoteKind::assumption, "Worths and stakes of " + standoff.name,
                     fmt::format("{}.", fmt::join(standoff.assumptions, "; "))});
  }
  for (auto const& line : spec.carve) {
    notes.push_back(
        {NoteKind::assumption, line.line.value + " as a sector of its own",
         fmt::format("Share of {} in purchases {:g} [{:g}, {:g}] ({}); made at home {:g} [{:g}, "
                     "{:g}] ({}){}. Other regions buy in proportion to {}; it is made as {} is.",
                     line.home.value, line.home_buys.value, line.home_buys.low, line.home_buys.high,
                     line.home_buys.note, line.home_share.value, line.home_share.low,
                     line.home_share.high, line.home_share.note,
                     line.theta ? fmt::format("; trade elasticity {:g} [{:g}, {:g}] ({})",
                                              line.theta->value, line.theta->low, line.theta->high,
                                              line.theta->note)
                                : std::string{},
                     line.host.value, line.host.value)});
  }
  return notes;
}

}  // namespace linchpin::study
