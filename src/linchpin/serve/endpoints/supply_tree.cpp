// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/supply_tree.h"

#include <utility>

#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/posted_parameters.h"
#include "linchpin/study/supply_tree_run.h"

namespace linchpin::serve {
namespace {

constexpr char const* posted_name = "providers";
/// A second of them: others wait for the answer outside the queue.
constexpr std::int64_t most_direct_draws = 200;
constexpr int most_links = 6;

/// The document that `linchpin leverage chokepoints --technology NAME --json` prints.
Result<Json> answer(std::filesystem::path const& data, study::SupplyTreeRequest const& request,
                    std::string const& posted, RunControl const& control) {
  RunClock const clock;
  PostedParameters parameters(data, posted_name, posted);
  auto const found = study::run_supply_tree(request, parameters.source(), control);
  if (!found) return fail(at_fields(found.error()));
  Origin origin;
  origin.options = {{"technology", request.technology},
                    {"target", request.target},
                    {"k", static_cast<std::int64_t>(request.k)},
                    {"theta", found->theta},
                    {"needed", found->needed}};
  if (request.ensemble) {
    origin.seed = request.ensemble->seed;
    origin.options.emplace_back("draws", static_cast<std::int64_t>(request.ensemble->draws));
  }
  auto described = parameters.origin(clock, std::move(origin));
  if (!described) return fail(described.error());
  return supply_tree_to_json(*found, *std::move(described));
}

}  // namespace

Response ask_supply_tree(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  study::SupplyTreeRequest asked;
  asked.technology = fields->text("technology");
  asked.target = fields->text("target");
  asked.gates = fields->texts("gates", 100);
  asked.k = static_cast<std::size_t>(fields->integer_or("k", 3, 1, most_links));
  asked.top = static_cast<std::size_t>(fields->integer_or("top", 10, 1, 100));
  asked.theta = fields->number("theta", 1e-6, 1000);
  asked.needed = fields->number("needed", 0, 1);
  auto const posted = fields->text_or(posted_name, {});
  auto const draws = fields->integer_or("draws", 0, 0, most_direct_draws);
  auto const seed = fields->integer_or("seed", 1, 0, largest_seed);
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (!posted.empty()) asked.providers = posted_name;
  if (draws > 0) {
    asked.ensemble = study::EnsembleSpec{static_cast<std::size_t>(draws),
                                         static_cast<std::uint64_t>(seed), std::nullopt};
  }
  return answer_now(site, [&](RunControl const& control) {
    return answer(site.worlds.folders().data, asked, posted, control);
  });
}

}  // namespace linchpin::serve
