// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>

#include "linchpin/core/blas.h"
#include "linchpin/core/version.h"
#include "linchpin/study/autonomy_json.h"
#include "linchpin/study/autonomy_rows.h"
#include "linchpin/study/autonomy_tables.h"

namespace linchpin::study {
namespace {

std::string numbers_note(AutonomyAnswer const& answer) {
  std::string text;
  char const* separator = "";
  for (auto const& each : answer.parameters) {
    if (!(each.low < each.high)) continue;
    text += fmt::format("{}{} {:g} ({:g} to {:g})", separator, number_words(each.name), each.value,
                        each.low, each.high);
    separator = "; ";
  }
  return fmt::format(
      "{} Drawn independently as triangles, stages of a technology together (-1 low, 0 value, 1 "
      "high): {}. Quantiles say what follows from these ranges, not how likely the ranges are.",
      assumption_note(answer), text);
}

std::string threshold_note(AutonomyAnswer const& answer) {
  return fmt::format(
      "A cut-off counts as manageable below {:g} % of {}; what the region buys in the first year "
      "is "
      "{:.2g} % of real final use.{}{}",
      answer.threshold_pct,
      answer.threshold_of == ThresholdOf::market
          ? "what the region buys of the technology in its first year"
          : "real final use over its years",
      answer.market_pct, answer.threshold_note.empty() ? "" : " ", answer.threshold_note);
}

/// The technology's title; its name where it is not among the answers.
std::string title_of(std::string const& technology, std::vector<AutonomyAnswer> const& answers) {
  for (auto const& answer : answers) {
    if (answer.technology == technology) return answer.title;
  }
  return technology;
}

std::string programme_note(AutonomyStudy const& study, std::vector<AutonomyAnswer> const& answers) {
  std::string text;
  for (auto const& policy : study.policies) {
    auto const& each = policy.instrument;
    text += fmt::format("{}{} {:g} from {:g} to {:g}{}{}", text.empty() ? "" : "; ",
                        instrument_words(each.kind), each.amount, each.from, each.to,
                        policy.technology.empty()
                            ? std::string{}
                            : fmt::format(" for {}", title_of(policy.technology, answers)),
                        policy.programme ? "" : " (with or without the programme)");
  }
  return text.empty() ? "The study has no programme." : text + ".";
}

constexpr char const* method_note =
    "Four paths with the same numbers: without and with the programme, and both with a cut-off "
    "that "
    "starts in the year of a row. Each technology is a sector of its own, carved out of its host; "
    "cost falls with experience, quality catches up with the frontier, users change over as "
    "quality "
    "becomes good enough, and the economy answers in every year. The first year of a cut-off is "
    "priced by the inventory model, later ones by the trade equilibrium; no year is priced twice. "
    "Subsidies are transfers; what the treasury pays is a memo line. Costs and losses are shares "
    "of "
    "real final use. The reuse of computing power by other sectors is not in them, so that losses "
    "of a technology others build on are lower bounds.";

}  // namespace

ResultSet autonomy_results(AutonomyStudy const& study, Economy const& economy,
                           std::vector<AutonomyAnswer> const& answers) {
  ResultSet results;
  results.title = study.title;
  results.question = study.question;
  results.focus = study.region.value;
  results.regions = economy.space().labels().regions;
  results.sectors = economy.space().labels().sectors;
  auto& origin = results.origin;
  origin.version = version;
  origin.world_name = study.world.value;
  origin.world = economy.info();
  auto const blas = blas_info();
  origin.blas = blas.kernel.empty() ? blas.library : blas.library + ", " + blas.kernel;
  if (study.draws > 0 || study.asks.driver_draws > 0) origin.seed = study.seed;
  origin.options = {{"draws", static_cast<std::int64_t>(study.draws)},
                    {"preset", study.asks.preset},
                    {"drivers.draws", static_cast<std::int64_t>(study.asks.driver_draws)}};
  results.notes.push_back({NoteKind::method, "Autonomy", method_note});
  results.notes.push_back({NoteKind::assumption, "Programme", programme_note(study, answers)});
  for (auto const& answer : answers) {
    auto words = autonomy_words(answer, study);
    // A few sentences come first, fewer of each of several technologies; the others are notes.
    if (answers.size() == 1) {
      words.lead.insert(words.lead.end(), words.key.begin(), words.key.end());
    } else {
      words.more.insert(words.more.begin(), words.key.begin(), words.key.end());
    }
    results.headlines.insert(results.headlines.end(), words.lead.begin(), words.lead.end());
    if (!words.more.empty()) {
      results.notes.push_back({NoteKind::method, fmt::format("More about {}", answer.title),
                               fmt::format("{}", fmt::join(words.more, " "))});
    }
    results.notes.push_back({NoteKind::assumption, fmt::format("Threshold of {}", answer.title),
                             threshold_note(answer)});
    results.headline_scenarios.resize(results.headlines.size(), answer.title);
    for (auto const& warning : answer.warnings) {
      results.warnings.push_back(fmt::format("{}: {}", answer.title, warning));
    }
    if (answer.failed > 0) {
      results.warnings.push_back(fmt::format("{}: {} of {} draws failed; the first: {}",
                                             answer.title, answer.failed, answer.draws,
                                             answer.failures.empty() ? "" : answer.failures[0]));
    }
    results.notes.push_back(
        {NoteKind::assumption, fmt::format("Numbers of {}", answer.title), numbers_note(answer)});
  }
  results.tables = autonomy_tables(answers, study);
  return results;
}

}  // namespace linchpin::study
