// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/answer_files.h"
#include "linchpin/serve/endpoints/named_files.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/uncertain_spec.h"

/// Shared by the endpoints below /api/v1/leverage that ask a world.
namespace linchpin::serve::leverage_question {

using Options = std::vector<std::pair<std::string, OptionValue>>;

/// What all questions about leverage rest on.
struct Common {
  std::string world;
  study::TradeModelSpec model;
  std::optional<study::EnsembleSpec> ensemble;
};

inline Common take_common(RequestFields& fields, bool draws) {
  Common common;
  common.world = fields.text("world");
  auto const theta = fields.text_or("theta", {});
  if (!theta.empty()) common.model.theta = study::Placed<std::string>{theta, "theta"};
  common.model.horizon_years = fields.number("horizon", 0, 1000);
  if (draws) common.ensemble = take_draws(fields, false);
  if (common.ensemble) {
    auto const held = check_leverage_draws(common.ensemble->draws, 1, "draws");
    if (!held) fields.errors().add(held.error());
  }
  return common;
}

inline Result<Origin> origin_of(OpenWorld const& world, Common const& common,
                                ShippedParameters const& parameters, RunClock const& clock,
                                Options more) {
  auto origin = world.origin;
  if (common.ensemble) {
    origin.seed = common.ensemble->seed;
    more.emplace_back("draws", static_cast<std::int64_t>(common.ensemble->draws));
  }
  origin.options = std::move(more);
  if (auto const filled = clock.fill(origin, parameters.with({world.entry.file})); !filled) {
    return fail(filled.error());
  }
  return origin;
}

/// How an answer becomes options of its Origin, a document and tables.
template <class Answer>
struct Writer {
  std::function<Options(Answer const&)> options;
  Json (*document)(Answer const& answer, Json origin);
  std::function<std::vector<ResultTable>(Answer const&, OpenWorld const&)> tables = {};
};

/// Opens the world, asks and writes: what the commands of `linchpin leverage` do.
template <class Answer, class Ask>
Result<void> ask_leverage(WorldStore& worlds, Common const& common, std::string const& title,
                          std::filesystem::path const& folder, RunControl const& control,
                          Ask const& ask, Writer<Answer> const& writer) {
  RunClock const clock;
  auto const world = worlds.open(common.world, control);
  if (!world) return fail(world.error());
  auto const ground = (*world)->trade(control);
  if (!ground) return fail(ground.error());
  ShippedParameters parameters(worlds.folders().data);
  Result<Answer> const answer = ask(**world, **ground, parameters.source(), control);
  if (!answer) return fail(answer.error());
  auto origin = origin_of(**world, common, parameters, clock, writer.options(*answer));
  if (!origin) return fail(origin.error());
  auto const document = writer.document(*answer, origin_to_json(*origin));
  if (!writer.tables) return write_document(document, folder);
  ResultSet results;
  results.title = title;
  results.origin = *std::move(origin);
  results.regions = (*world)->economy.space().labels().regions;
  results.sectors = (*world)->economy.space().labels().sectors;
  results.tables = writer.tables(*answer, **world);
  return write_document_and_tables(document, results, folder);
}

/// Regions by the field that names them.
using RegionFields = std::vector<std::pair<char const*, std::vector<std::string>>>;

/// Labels and sets of trade elasticities (`sets`: those of the field `compare`) are looked up now,
/// so that a mistake is told to who made it and not to the history.
inline tl::expected<void, Response> check_labels(Site& site, Common const& common,
                                                 RegionFields const& regions,
                                                 std::vector<std::string> const& sectors,
                                                 std::vector<std::string> const& sets = {}) {
  return check_now(site, [&](RunControl const& control) -> Result<void> {
    auto const world = site.worlds.open(common.world, control);
    if (!world) return fail(world.error());
    auto const& space = (*world)->economy.space();
    ErrorList errors;
    for (auto const& [field, labels] : regions) {
      static_cast<void>(study::region_places(labels, field, space, errors));
    }
    static_cast<void>(study::sector_places(sectors, "sectors", space, errors));
    ShippedParameters parameters(site.worlds.folders().data);
    check_named_sets(common.model, space, parameters.source(), errors);
    for (auto const& set : sets) {
      check_compared_set({set, "compare"}, space, parameters.source(), errors);
    }
    if (!errors.empty()) return fail(errors.joined());
    return {};
  });
}

inline std::size_t whole(RequestFields& fields, char const* name, std::size_t fallback, int most) {
  return static_cast<std::size_t>(
      fields.integer_or(name, static_cast<std::int64_t>(fallback), 1, most));
}

}  // namespace linchpin::serve::leverage_question
