// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_threats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "linchpin/results/threat_tables.h"
#include "linchpin/study/bargain_run.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/study/frontier_run.h"
#include "linchpin/study/signal_run.h"

namespace linchpin::study {
namespace {

std::vector<std::string> values_of(std::vector<Placed<std::string>> const& list) {
  std::vector<std::string> values;
  for (auto const& each : list) values.push_back(each.value);
  return values;
}

template <typename Answer>
Result<void> keep(Result<Answer> found, std::string const& where, std::vector<Answer>& answers) {
  if (!found) {
    auto error = found.error();
    error.where = fmt::format("{}: {}", where, error.where);
    return fail(std::move(error));
  }
  answers.push_back(*std::move(found));
  return {};
}

BargainRequest request_of(BargainSpec const& spec, ThreatWorld const& world,
                          std::optional<EnsembleSpec> const& ensemble) {
  return {values_of(spec.first),
          values_of(spec.second),
          values_of(spec.sectors),
          spec.weight,
          spec.first_resolve,
          spec.second_resolve,
          world.model,
          ensemble,
          world.drawn};
}

SignalRequest request_of(SignalSpec const& spec, ThreatWorld const& world) {
  return {spec.target.value,
          values_of(spec.senders),
          values_of(spec.sectors),
          spec.tariff ? SignalInstrument::tariff : SignalInstrument::wedge,
          spec.belief,
          spec.demand_pct,
          spec.signal_years,
          spec.threat_years,
          world.model,
          world.ranges};
}

FrontierRequest request_of(FrontierSpec const& spec, ThreatWorld const& world) {
  FrontierRequest request;
  request.buyer = spec.buyer.value;
  request.rivals = values_of(spec.rivals);
  request.sectors = values_of(spec.sectors);
  request.services = spec.services;
  request.network = spec.network;
  request.prices = spec.prices;
  request.limit_pct = spec.limit_pct;
  request.model = world.model;
  return request;
}

DefendRequest request_of(DefendSpec const& spec, ThreatWorld const& world) {
  DefendRequest request;
  request.target = spec.target.value;
  request.sectors = values_of(spec.sectors);
  request.options = values_of(spec.options);
  request.services = spec.services;
  auto const take = [](std::optional<int> const& given, std::size_t& value) {
    if (given) value = static_cast<std::size_t>(*given);
  };
  take(spec.k, request.k);
  take(spec.attack_links, request.attack_links);
  take(spec.measures, request.measures);
  request.stock_days = spec.stock_days.value_or(request.stock_days);
  request.kept_share = spec.kept_share.value_or(request.kept_share);
  request.model = world.model;
  return request;
}

template <typename T>
void append(std::vector<T>& target, std::vector<T> more) {
  target.insert(target.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

/// The first `most` sentences are headlines, the others a note.
void add_sentences(ResultSet& results, std::vector<std::string> sentences, std::size_t most,
                   std::string title) {
  std::vector<std::string> rest;
  for (std::size_t k = 0; k < sentences.size(); ++k) {
    (k < most ? results.headlines : rest).push_back(std::move(sentences[k]));
  }
  if (rest.empty()) return;
  results.notes.push_back(
      {NoteKind::method, std::move(title), fmt::format("{}", fmt::join(rest, " "))});
}

template <typename Answer>
void add_warnings(ResultSet& results, std::vector<Answer> const& answers) {
  auto& all = results.warnings;
  for (auto const& answer : answers) {
    for (auto const& each : answer.warnings) {
      if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    }
  }
}

void add_resolves(ResultSet& results, ThreatSpec const& spec) {
  std::vector<std::string> words;
  for (auto const& each : spec.bargains) {
    auto const add = [&](std::vector<Placed<std::string>> const& side, RangedNumber const& number) {
      if (number.note.empty()) return;
      words.push_back(fmt::format("{}: {:g} [{:g}, {:g}] % of real final spending ({})",
                                  fmt::join(values_of(side), "+"), number.value, number.low,
                                  number.high, number.note));
    };
    add(each.first, each.first_resolve);
    add(each.second, each.second_resolve);
  }
  if (words.empty()) return;
  results.notes.push_back({NoteKind::assumption, "What carrying out a threat is worth besides",
                           fmt::format("{}.", fmt::join(words, "; "))});
}

void add_notes(ResultSet& results, ThreatAnswers const& answers, ThreatSpec const& spec) {
  auto& notes = results.notes;
  if (!answers.bargains.empty()) {
    notes.push_back({NoteKind::method, "Bargains",
                     "Two sides that could stop all trade with each other split what they save by "
                     "not doing so (Nash bargaining over a transfer, the break and what it is "
                     "worth to them besides as threat point). "
                     "Real final spending once trade has settled; what a transfer itself does to "
                     "prices is left out."});
    add_resolves(results, spec);
  }
  if (!answers.signals.empty()) {
    notes.push_back(
        {NoteKind::method, "Signals",
         "A target that senders may threaten gives up purchases beforehand. Senders do "
         "not know how easily it replaces them: the two types are the ends of the "
         "ranges of all trade elasticities. A signal separates where a dependent target "
         "would rather meet the demand than send it, and a resilient one would not "
         "rather be cut off."});
  }
  if (!answers.frontiers.empty()) {
    notes.push_back({NoteKind::method, "Efficient frontier",
                     "Private buyers ignore that purchases from a rival add to its power. Each "
                     "point is the sourcing that minimises the cost of living plus the price of "
                     "exposure times what a denial would add to it, at unchanged costs of all "
                     "sellers: a convex programme, certified by its conditions."});
  }
  if (!answers.defences.empty()) {
    notes.push_back(
        {NoteKind::method, "Defence",
         "Measures lower what the attack that hurts most costs, at unchanged wages; the "
         "attacker answers them. Attacks and plans are searched, not proven, unless all "
         "were tried."});
  }
}

}  // namespace

Result<ThreatAnswers> ask_threats(ThreatSpec const& spec, ThreatWorld const& world,
                                  std::optional<EnsembleSpec> const& ensemble,
                                  ParameterSource const& source, RunControl const& control) {
  ThreatAnswers answers;
  auto const& ground = world.ground;
  for (auto const& each : spec.bargains) {
    auto const done = keep(run_bargain(ground, request_of(each, world, ensemble), source, control),
                           each.where, answers.bargains);
    if (!done) return fail(done.error());
  }
  for (auto const& each : spec.signals) {
    auto const done = keep(run_signal(ground, request_of(each, world), source, control), each.where,
                           answers.signals);
    if (!done) return fail(done.error());
  }
  for (auto const& each : spec.frontiers) {
    auto const done = keep(run_frontier(ground, request_of(each, world), source, control),
                           each.where, answers.frontiers);
    if (!done) return fail(done.error());
  }
  for (auto const& each : spec.defences) {
    auto const done = keep(run_defend(ground, request_of(each, world), source, control), each.where,
                           answers.defences);
    if (!done) return fail(done.error());
  }
  return answers;
}

void add_threats(ResultSet& results, ThreatAnswers const& answers, ThreatSpec const& spec,
                 LabelNames const& name) {
  for (auto const& each : answers.bargains) {
    add_sentences(
        results, bargain_sentences(each, name), 3,
        fmt::format("More about the bargain of {} and {}", fmt::join(each.first.regions, "+"),
                    fmt::join(each.second.regions, "+")));
  }
  for (auto const& each : answers.signals) {
    add_sentences(results, signal_sentences(each, name), 1,
                  fmt::format("More about signals of {} to {} ({})", each.target,
                              fmt::join(each.senders, "+"), each.instrument));
  }
  for (auto const& each : answers.frontiers) {
    add_sentences(results, frontier_sentences(each, name), 2,
                  fmt::format("More about the exposure of {} to {}", each.buyer,
                              fmt::join(each.rivals, "+")));
  }
  for (auto const& each : answers.defences) {
    add_sentences(results, defence_sentences(each, name), 1, "More about defence");
  }
  results.headline_scenarios.resize(results.headlines.size());
  add_warnings(results, answers.bargains);
  add_warnings(results, answers.signals);
  add_warnings(results, answers.frontiers);
  add_warnings(results, answers.defences);
  for (auto const& each : answers.bargains) {
    if (each.failed_draws == 0) continue;
    results.warnings.push_back(
        fmt::format("Bargain of {} and {}: {} of {} draws have no answer and are left out ({}).",
                    fmt::join(each.first.regions, "+"), fmt::join(each.second.regions, "+"),
                    each.failed_draws, each.failed_draws + each.draws, each.first_failure));
  }
  add_notes(results, answers, spec);
  append(results.tables, bargain_tables(answers.bargains));
  append(results.tables, signal_tables(answers.signals));
  append(results.tables, frontier_tables(answers.frontiers));
  append(results.tables, defence_tables(answers.defences));
  if (results.focus) return;
  if (!answers.bargains.empty()) {
    results.focus = answers.bargains.front().first.regions.front();
  } else if (!answers.signals.empty()) {
    results.focus = answers.signals.front().target;
  } else if (!answers.frontiers.empty()) {
    results.focus = answers.frontiers.front().buyer;
  } else if (!answers.defences.empty()) {
    results.focus = answers.defences.front().target;
  }
}

}  // namespace linchpin::study
