// SPDX-License-Identifier: Apache-2.0
#include <utility>
#include <vector>

#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/depend_json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::serve {
namespace {

/// Counts a question while it is answered.
class Turn {
 public:
  explicit Turn(std::atomic<int>& count) : count_(count), number_(++count) {}
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;
  ~Turn() { --count_; }
  [[nodiscard]] bool mine() const noexcept { return number_ <= most_questions; }

 private:
  std::atomic<int>& count_;
  int number_;
};

Result<Json> answer(OpenWorld const& world, std::vector<std::string> const& labels, std::size_t top,
                    RunControl const& control) {
  RunClock const clock;
  auto const& space = world.economy.space();
  ErrorList errors;
  std::vector<depend::Buyer> buyers;
  for (auto const& label : labels) {
    if (auto const party = study::find_party(space, label, "buyers"); party) {
      buyers.push_back(*party);
    } else {
      errors.add(party.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  if (buyers.empty()) buyers = study::all_regions(space);
  auto const system = world.system(buyers.size() + 2, control);
  if (!system) return fail(system.error());
  std::vector<depend::BuyerAccount> accounts;
  for (auto const& buyer : buyers) {
    auto account = depend::buyer_account(**system, buyer, {.top = top});
    if (account) {
      accounts.push_back(*std::move(account));
    } else {
      errors.add(account.error());
    }
  }
  // A buyer that was named must have an answer; a list of all regions leaves empty ones out.
  if (accounts.empty() || (!labels.empty() && !errors.empty())) return fail(errors.joined());
  bool const direct = (*system)->method() == depend::SolveMethod::direct;
  auto origin = world.origin;
  origin.options = {{"top", static_cast<std::int64_t>(top)},
                    {"method", std::string{direct ? "direct" : "iterative"}},
                    {"residual", (*system)->residual()},
                    {"error_bound", (*system)->error_bound()}};
  if (auto const filled = clock.fill(origin, {world.entry.file}); !filled) {
    return fail(filled.error());
  }
  return depend_to_json(space, accounts, depend::position(**system), origin_to_json(origin));
}

}  // namespace

Response ask_depend(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto const id = fields->text("world");
  auto const buyers = fields->texts("buyers");
  auto const top = static_cast<std::size_t>(fields->integer_or("top", 10, 1, 1000000));
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  Turn const turn(*site.questions);
  if (!turn.mine()) {
    auto busy = error_response(
        429, {ErrorCode::too_large, "too many questions at once", "depend", "ask again shortly"});
    busy.headers.emplace_back("Retry-After", "1");
    return busy;
  }
  RunControl control;
  control.threads = site.threads;
  auto const world = site.worlds.open(id, control);
  if (!world) return error_response(world.error());
  auto const document = answer(**world, buyers, top, control);
  return document ? json_response(*document) : error_response(document.error());
}

}  // namespace linchpin::serve
