// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/tiers.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/study/measures/document.h"

namespace linchpin::serve {
namespace {

void add_flows(Json& document, IndustrySpace const& space, depend::TierFlows const& tiers,
               RegionId buyer) {
  document["flows"] = Json::array();
  document["tiers"] = Json::array();
  for (std::size_t k = 0; k < tiers.flows.size(); ++k) {
    auto const& flows = tiers.flows[k];
    double sum = 0, foreign = 0;
    for (std::size_t s = 0; s < flows.rows(); ++s) {
      for (std::size_t r = 0; r < flows.columns(); ++r) {
        double const value = flows(s, r);
        if (value <= 0) continue;  // stocks run down can make a flow negative: no delivery
        sum += value;
        if (s != buyer.index()) foreign += value;
        document["flows"].push_back({{"tier", k + 1},
                                     {"from", space.label(RegionId{s})},
                                     {"to", space.label(RegionId{r})},
                                     {"value", value}});
      }
    }
    document["tiers"].push_back({{"tier", k + 1}, {"value", sum}, {"foreign", foreign}});
  }
  document["beyond"] = tiers.beyond;
}

Result<Json> answer(OpenWorld const& world, std::string const& label, std::size_t count,
                    RunControl const& control) {
  RunClock const clock;
  auto const& space = world.economy.space();
  ErrorList errors;
  auto const buyers = find_parties(space, {label}, "buyer", errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const system = world.system({.expected_right_hand_sides = 3}, control);
  if (!system) return fail(system.error());
  auto const tiers = depend::tier_flows(*system, buyers.front(), count);
  if (!tiers) return fail(tiers.error());
  Json document = {{"schema", json_schema("linchpin.tiers")},
                   {"buyer", label},
                   {"unit", "per unit of the buyer's output"}};
  add_flows(document, space, *tiers, buyers.front().region);
  auto origin = world.origin;
  origin.options = {{"buyer", label},
                    {"tiers", static_cast<std::int64_t>(count)},
                    {"method", study::name_of(system->method())},
                    {"residual", system->residual()},
                    {"error_bound", system->error_bound()}};
  if (auto const filled = clock.fill(origin, {world.entry.file}); !filled) {
    return fail(filled.error());
  }
  document["origin"] = origin_to_json(origin);
  return document;
}

}  // namespace

Response ask_tiers(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto const id = fields->text("world");
  auto const buyer = fields->text("buyer");
  auto const count = static_cast<std::size_t>(fields->integer_or("tiers", 3, 1, 10));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  return answer_now(site, [&](RunControl const& control) -> Result<Json> {
    auto const world = site.worlds.open(id, control);
    if (!world) return fail(world.error());
    return answer(**world, buyer, count, control);
  });
}

}  // namespace linchpin::serve
