// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/threat_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

/// "A, B and C", or "A and 9 others" where there are many.
std::string names_of(std::vector<std::string> const& labels, LabelNames const& name) {
  if (labels.size() > 4) return fmt::format("{} and {} others", name(labels[0]), labels.size() - 1);
  std::vector<std::string> words;
  for (auto const& label : labels) words.push_back(name(label));
  return list_words(words);
}

/// Measures are links, some with what is done about them: "diversify CHN:C26".
std::string measure_words(std::vector<std::string> const& measures, LabelNames const& name) {
  std::vector<std::string> words;
  for (auto const& measure : measures) {
    auto const space = measure.rfind(' ');
    words.push_back(space == std::string::npos
                        ? name(measure)
                        : measure.substr(0, space + 1) + name(measure.substr(space + 1)));
  }
  return list_words(words);
}

/// "0.38 % [0.22 %, 0.71 %]".
std::string banded(Band const& band) {
  auto words = percent_words(band.central);
  if (band.p05 && band.p95 && *band.p05 < *band.p95) {
    words += fmt::format(" [{}, {}]", percent_words(*band.p05), percent_words(*band.p95));
  }
  return words;
}

/// "USD 62 billion", or the number with the unit of a file.
std::string amount(double value, MonetaryUnit const& unit, std::string const& unit_words) {
  if (!unit.currency.empty()) return money_words(value, unit);
  return fmt::format("{:.4g} {}", std::abs(value), unit_words);
}

/// "loses" of one, "lose" of several.
std::string verb(std::vector<std::string> const& labels, char const* stem) {
  return labels.size() == 1 ? fmt::format("{}s", stem) : std::string{stem};
}

/// "loses 0.38 %", "gains 0.02 %".
std::string change_words(BargainSide const& side) {
  auto const& loss = side.loss_pct;
  if (loss.central >= 0) {
    return fmt::format("{} {}", verb(side.regions, "lose"), banded(loss));
  }
  Band gain{0.0 - loss.central, {}, {}, {}};
  if (loss.p05 && loss.p95) {
    gain.p05 = 0.0 - *loss.p95;
    gain.p95 = 0.0 - *loss.p05;
  }
  return fmt::format("{} {}", verb(side.regions, "gain"), banded(gain));
}

std::string threat_sentence(BargainAnswer const& answer, BargainSide const& own,
                            BargainSide const& other, LabelNames const& name) {
  auto const who = names_of(own.regions, name), whom = names_of(other.regions, name);
  if (other.accepts <= 0) {
    return fmt::format(
        "{} {} nothing to threaten {} with: the break costs the latter no more than it "
        "is worth to it.",
        capital(who), own.regions.size() == 1 ? "has" : "have", whom);
  }
  auto const most = amount(other.accepts, answer.unit, answer.unit_words);
  auto const how_often = own.credible_share
                             ? fmt::format(" (in {:.0f} % of draws)", 100 * *own.credible_share)
                             : std::string{};
  if (own.credible) {
    return fmt::format(
        "If {} {} the break, {} {} over up to {} a year rather than see it, and the "
        "threat is credible{}: carrying it out costs {} no more than it is worth to it besides.",
        who, verb(own.regions, "threaten"), whom, verb(other.regions, "hand"), most, how_often,
        who);
  }
  if (own.resolve_pct == 0) {
    return fmt::format(
        "{} would hand over up to {} a year rather than see the break, but the threat of {} is not "
        "credible: carrying it out would cost it {} itself, and nothing else is said to make that "
        "worth it.",
        capital(whom), most, who, percent_words(own.loss_pct.central));
  }
  return fmt::format(
      "{} would hand over up to {} a year rather than see the break, but the threat of {} is not "
      "credible{}: carrying it out would cost it more ({}) than it is said to be worth to it "
      "besides ({}).",
      capital(whom), most, who, how_often, percent_words(own.loss_pct.central),
      percent_words(own.resolve_pct));
}

char const* instrument_words(SignalAnswer const& answer) {
  return answer.instrument == "tariff" ? "by a tariff" : "by obstacles that use up resources";
}

std::string share_words(double share) { return fmt::format("{:.0f} %", 100 * share); }

/// "between 70 % and 95 % of what it buys from China", or units of a file.
std::string size_words(SignalAnswer const& answer, SignalRange const& range,
                       LabelNames const& name) {
  double const low = range.low->central, high = range.high->central;
  if (answer.instrument == "file") {
    return std::isfinite(high) ? fmt::format("signals between {:.4g} and {:.4g}", low, high)
                               : fmt::format("signals of {:.4g} and more", low);
  }
  auto const from = names_of(answer.senders, name);
  if (low <= 0) return fmt::format("up to {} of what it buys from {}", share_words(high), from);
  return fmt::format("{} to {} of what it buys from {}", share_words(low), share_words(high), from);
}

std::string odds_words(SignalRange const& range) {
  return range.share ? fmt::format(" Such a range exists in {:.0f} % of draws.", 100 * *range.share)
                     : std::string{};
}

}  // namespace

/// "trade", "trade in C26 and C27".
std::string trade_words(std::vector<std::string> const& sectors) {
  if (sectors.empty()) return "trade";
  if (sectors.size() > 4) {
    return fmt::format("trade in {} and {} other sectors", sectors[0], sectors.size() - 1);
  }
  return "trade in " + list_words(sectors);
}

/// "that of the United States in 31 % of draws".
std::string credible_words(BargainSide const& side, LabelNames const& name) {
  return fmt::format("that of {} in {:.0f} % of draws", names_of(side.regions, name),
                     100 * side.credible_share.value_or(side.credible ? 1 : 0));
}

/// Whether the threats behind a bargain would be carried out at all.
std::string credibility_sentence(BargainAnswer const& answer, LabelNames const& name) {
  auto const& first = answer.first;
  auto const& second = answer.second;
  auto const odds =
      first.credible_share && second.credible_share
          ? fmt::format(" ({}, {})", credible_words(first, name), credible_words(second, name))
          : std::string{};
  if (!first.credible && !second.credible) {
    return fmt::format(
        "Neither threat is credible{}: each would lose more by the break than it is said to be "
        "worth to it besides.",
        odds);
  }
  if (first.credible && second.credible) {
    return fmt::format(
        "Both threats are credible{}: the break costs neither more than it is said to be worth to "
        "it besides.",
        odds);
  }
  auto const& one = first.credible ? first : second;
  return fmt::format(
      "Only the threat of {} is credible{}: carrying it out costs it no more than it is worth to "
      "it besides.",
      names_of(one.regions, name), odds);
}

std::vector<std::string> bargain_sentences(BargainAnswer const& answer, LabelNames const& name) {
  auto const first = names_of(answer.first.regions, name);
  auto const second = names_of(answer.second.regions, name);
  if (!answer.no_answer.empty()) {
    return {fmt::format("A full break between {} and {} has no settled answer: {}.", first, second,
                        answer.no_answer)};
  }
  if (!answer.trade) {
    return {
        fmt::format("{} and {} trade nothing of this with each other: there is nothing to "
                    "bargain over.",
                    capital(first), second)};
  }
  std::vector<std::string> sentences;
  auto text =
      answer.setting
          ? fmt::format(
                "In a full break of {} {} {} of real final spending once trade has settled, "
                "and {} {}",
                trade_words(answer.sectors), first, change_words(answer.first), second,
                change_words(answer.second))
          : fmt::format("Without the agreement {} {} of its income, and {} {}", first,
                        change_words(answer.first), second, change_words(answer.second));
  if (answer.first.ratio) {
    text += fmt::format(" (in money {:.2g} times as much)", answer.first.ratio->central);
  }
  sentences.push_back(text + ".");
  sentences.push_back(credibility_sentence(answer, name));
  bool const besides = answer.first.resolve_pct > 0 || answer.second.resolve_pct > 0;
  if (!answer.agreement) {
    sentences.emplace_back(
        besides ? "With what the break is worth to them besides, together they lose nothing by it: "
                  "no transfer makes both better off."
                : "Together they lose nothing by it: no transfer makes both better off.");
  } else {
    double const paid = answer.transfer.central;
    auto const payer = paid >= 0 ? first : second, payee = paid >= 0 ? second : first;
    auto words = fmt::format(
        "If they bargained over it, not breaking would save both together {} a year{}; split with "
        "a "
        "weight of {:g} for {}, {} would pay {} {} a year",
        amount(answer.surplus.central, answer.unit, answer.unit_words),
        besides ? ", less what the break is worth to them" : "", answer.weight, first, payer, payee,
        amount(paid, answer.unit, answer.unit_words));
    if (answer.transfer.p05 && answer.transfer.p95) {
      double const low = *answer.transfer.p05, high = *answer.transfer.p95;
      if (low * high > 0) {
        auto const least = std::min(std::abs(low), std::abs(high));
        auto const most = std::max(std::abs(low), std::abs(high));
        words += fmt::format(" ({} to {} in nine draws of ten)",
                             amount(least, answer.unit, answer.unit_words),
                             amount(most, answer.unit, answer.unit_words));
      } else {
        words += " (who pays whom differs between draws)";
      }
    }
    if (answer.agreement_share && *answer.agreement_share < 1) {
      words += fmt::format("; there is something to agree on in {:.0f} % of draws",
                           100 * *answer.agreement_share);
    }
    sentences.push_back(words + ".");
  }
  sentences.push_back(threat_sentence(answer, answer.first, answer.second, name));
  sentences.push_back(threat_sentence(answer, answer.second, answer.first, name));
  return sentences;
}

std::vector<std::string> signal_sentences(SignalAnswer const& answer, LabelNames const& name) {
  auto const target = name(answer.target);
  auto const senders = names_of(answer.senders, name);
  bool const file = answer.instrument == "file";
  if (answer.unsettled) {
    return {
        fmt::format("Whether buying less from {} today would show {} resilient is not known: the "
                    "denial it would "
                    "answer has no settled answer ({}).",
                    senders, target, answer.no_answer)};
  }
  if (!answer.no_answer.empty()) {
    return {fmt::format("Buying less from {} today tells it nothing about {}: {}.", senders, target,
                        answer.no_answer)};
  }
  std::vector<std::string> sentences;
  if (answer.separating.low) {
    auto text =
        file ? fmt::format("{} can show that it is resilient by {}", capital(target),
                           size_words(answer, answer.separating, name))
             : fmt::format("{} can show {} that it is resilient by giving up {} beforehand, {}",
                           capital(target), senders, size_words(answer, answer.separating, name),
                           instrument_words(answer));
    text += ": no dependent one would do as much";
    if (answer.signal_cost) {
      text += file ? fmt::format("; the cheapest costs it {:.4g}", *answer.signal_cost)
                   : fmt::format("; the cheapest costs it {} of real final spending a year",
                                 percent_words(*answer.signal_cost));
    }
    sentences.push_back(text + "." + odds_words(answer.separating));
  } else {
    sentences.push_back(fmt::format(
        "Nothing {} can give up shows {} that it is resilient: what a dependent one would not give "
        "up costs a resilient one more than the threat.{}",
        target, senders, odds_words(answer.separating)));
  }
  if (answer.deterring_belief) {
    auto const enough = 100 * answer.deterring_belief->central;
    auto const* const is = answer.senders.size() == 1 ? "is" : "are";
    sentences.push_back(
        answer.silence_deters
            ? fmt::format(
                  "Silence is enough, too: {} {} taken to think it resilient with {:.0f} %, and "
                  "from {:.0f} % on a threat does not pay.",
                  senders, is, 100 * answer.belief, enough)
            : fmt::format(
                  "Silence is not enough: {} {} taken to think it resilient with {:.0f} %, and a "
                  "threat pays below {:.0f} %{}.",
                  senders, is, 100 * answer.belief, enough,
                  answer.silence_survives_intuition ? ""
                                                    : "; who says nothing is taken for dependent"));
  }
  if (answer.mixing.high) {
    sentences.push_back(fmt::format(
        "With less ({}) all resilient and {:.0f} % of dependent targets signal, and some of them "
        "are threatened all the same.",
        size_words(answer, answer.mixing, name), 100 * std::min(1.0, answer.mixing_share)));
  }
  if (!file) {
    sentences.push_back(fmt::format(
        "A denial of {} {} {} it would cost {} {} of real final spending if it is "
        "resilient, {} if it is dependent; the demand is {}.",
        answer.sectors.empty() ? "all" : "the " + names_of(answer.sectors, name) + " that", senders,
        verb(answer.senders, "sell"), target, percent_words(answer.resilient_loss),
        percent_words(answer.dependent_loss), percent_words(answer.demand)));
  }
  return sentences;
}

std::vector<std::string> frontier_sentences(FrontierAnswer const& answer, LabelNames const& name) {
  if (answer.points.empty()) return {};
  auto const buyer = name(answer.buyer), rivals = names_of(answer.rivals, name);
  auto const& free = answer.points.front();
  if (free.captive > 0 && !(free.exposure_pct > 0)) {
    std::vector<std::string> held;
    for (auto const& each : free.sectors) {
      if (each.captive) held.push_back(name(each.sector));
    }
    return {
        fmt::format("{} holds alone all of this that {} buys from it ({}): nobody else sells it, "
                    "so no other sourcing helps, and what a denial costs is no number.",
                    capital(rivals), buyer, list_words(held))};
  }
  if (!(free.exposure_pct > 0)) {
    return {fmt::format("{} buys nothing of this from {}: there is nothing to plan.",
                        capital(buyer), rivals)};
  }
  std::vector<std::string> sentences;
  sentences.push_back(fmt::format(
      "As {} buys {} today, a denial by {} would make living {} dearer at unchanged costs of all "
      "others{}.",
      buyer,
      !answer.sectors.empty() ? names_of(answer.sectors, name)
      : answer.services       ? std::string{"goods and services"}
                              : std::string{"goods"},
      rivals, percent_words(free.exposure_pct),
      free.captive > 0 ? fmt::format(", besides {} sectors it holds alone", free.captive) : ""));
  // The first plan that takes a quarter away says what the first steps cost.
  auto const found = std::find_if(answer.points.begin(), answer.points.end(), [](auto const& each) {
    return each.kind == "swept" && each.removed >= 0.25;
  });
  if (found != answer.points.end()) {
    auto const most = std::max_element(
        found->sectors.begin(), found->sectors.end(), [](auto const& a, auto const& b) {
          return a.private_exposure - a.exposure < b.private_exposure - b.exposure;
        });
    double all = 0;
    for (auto const& each : found->sectors) all += each.private_exposure - each.exposure;
    double const part = all > 0 ? (most->private_exposure - most->exposure) / all : 1;
    sentences.push_back(fmt::format(
        "{:.0f} % of that can be taken away for {} dearer living, at a price of exposure of {:g} "
        "(the "
        "share of {} falls from {:.1f} to {:.1f} % of this spending), {} of it ({:.0f} %) in {}: a "
        "tariff of {:.1f} % there.",
        100 * found->removed, percent_words(found->cost_pct), found->mu, rivals,
        100 * free.rival_share, 100 * found->rival_share, part > 0.5 ? "most" : "the largest part",
        100 * part, name(most->sector), 100 * most->tariff));
  }
  auto const limit = std::find_if(answer.points.begin(), answer.points.end(),
                                  [](auto const& each) { return each.kind == "limit"; });
  if (limit != answer.points.end()) {
    sentences.push_back(
        limit->mu > 0
            ? fmt::format("To be no more exposed than {} costs {} dearer living.",
                          percent_words(limit->exposure_pct), percent_words(limit->cost_pct))
            : std::string{"The limit asked binds nothing: private buyers stay below it."});
  }
  return sentences;
}

std::vector<std::string> defence_sentences(DefendAnswer const& answer, LabelNames const& name) {
  auto const target = name(answer.target);
  if (answer.best.measures.empty()) {
    return {
        fmt::format("None of the measures offered lowers what the worst denial of {} link{} "
                    "costs {} ({} at unchanged wages).",
                    answer.attack_links, answer.attack_links == 1 ? "" : "s", target,
                    percent_words(answer.undefended_pct))};
  }
  auto text = fmt::format(
      "What {} should mend first against denials of {} link{}: {}. The worst one found then costs "
      "it {} instead of {} at unchanged wages",
      target, answer.attack_links, answer.attack_links == 1 ? "" : "s",
      measure_words(answer.best.measures, name), percent_words(answer.best.loss_pct),
      percent_words(answer.undefended_pct));
  text += fmt::format("; {} {}", answer.priced ? "yearly cost" : "purchases moved:",
                      percent_words(answer.best.cost_pct));
  return {text + (answer.priced ? "." : " of all it spends.")};
}

}  // namespace linchpin::study
