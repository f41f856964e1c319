// SPDX-License-Identifier: Apache-2.0
#include <utility>
#include <vector>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/depend_json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/study/measures/document.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::serve {
namespace {

Result<Json> answer(OpenWorld const& world, std::vector<std::string> const& labels, std::size_t top,
                    RunControl const& control) {
  RunClock const clock;
  auto const& space = world.economy.space();
  ErrorList errors;
  auto buyers = find_parties(space, labels, "buyers", errors);
  if (!errors.empty()) return fail(errors.joined());
  if (buyers.empty()) buyers = study::all_regions(space);
  auto const system = world.system({.expected_right_hand_sides = buyers.size() + 2}, control);
  if (!system) return fail(system.error());
  std::vector<depend::BuyerAccount> accounts;
  for (auto const& buyer : buyers) {
    auto account = depend::buyer_account(*system, buyer, {.top = top});
    if (account) {
      accounts.push_back(*std::move(account));
    } else {
      errors.add(account.error());
    }
  }
  // A buyer that was named must have an answer; a list of all regions leaves empty ones out.
  if (accounts.empty() || (!labels.empty() && !errors.empty())) return fail(errors.joined());
  auto origin = world.origin;
  origin.options = {{"top", static_cast<std::int64_t>(top)},
                    {"method", study::name_of(system->method())},
                    {"residual", system->residual()},
                    {"error_bound", system->error_bound()}};
  if (auto const filled = clock.fill(origin, {world.entry.file}); !filled) {
    return fail(filled.error());
  }
  return depend_to_json(space, accounts, depend::position(*system), origin_to_json(origin));
}

}  // namespace

Response ask_depend(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto const id = fields->text("world");
  auto const buyers = fields->texts("buyers");
  auto const top = static_cast<std::size_t>(fields->integer_or("top", 10, 1, 1000000));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  return answer_now(site, [&](RunControl const& control) -> Result<Json> {
    auto const world = site.worlds.open(id, control);
    if (!world) return fail(world.error());
    return answer(**world, buyers, top, control);
  });
}

}  // namespace linchpin::serve
