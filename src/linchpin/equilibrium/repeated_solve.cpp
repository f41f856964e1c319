// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/repeated_solve.h"

#include <algorithm>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/equilibrium/search.h"

namespace linchpin::equilibrium {

struct RepeatedSolve::Inside {
  TradeBase base;
  std::size_t sector = 0;
  TradePolicy policy;
  Closure closure;
  std::optional<TradeSystem> system;
  bool goods_changed = false;
  Derivatives derivatives{.response = {}, .slopes = {}, .accuracy = 1e-4};
  Equilibrium by_path;  ///< of a solve that had to follow a path
  std::size_t solves = 0, evaluations = 0;
};

RepeatedSolve::RepeatedSolve(TradeBase base, std::size_t sector)
    : inside_(std::make_unique<Inside>()) {
  LINCHPIN_EXPECTS(sector < base.grid.sectors);
  inside_->base = std::move(base);
  inside_->sector = sector;
  auto& policy = inside_->policy;
  auto const& grid = inside_->base.grid;
  fill_goods(policy.productivity, grid, 1);
  fill_goods(policy.subsidy, grid, 0);
  fill_pairs(policy.iceberg, grid, 1);
  fill_pairs(policy.availability, grid, 1);
  fill_pairs(policy.export_tax, grid, 0);
  fill_tariffs(policy, inside_->base);
}

RepeatedSolve::~RepeatedSolve() = default;

TradeBase const& RepeatedSolve::base() const noexcept { return inside_->base; }
TradePolicy& RepeatedSolve::policy() noexcept { return inside_->policy; }
void RepeatedSolve::goods_changed() noexcept { inside_->goods_changed = true; }
std::size_t RepeatedSolve::solves() const noexcept { return inside_->solves; }
std::size_t RepeatedSolve::evaluations() const noexcept { return inside_->evaluations; }

void RepeatedSolve::learn_from(RepeatedSolve const& other) {
  LINCHPIN_EXPECTS(other.base().grid == base().grid);
  inside_->derivatives = other.inside_->derivatives;
}

TradeState RepeatedSolve::start() const {
  return TradeSystem{inside_->base, inside_->policy, inside_->closure}.start();
}

Result<TradeSystem::Numbers const*> RepeatedSolve::solve(TradeState& state, double tolerance,
                                                         RunControl const& control) {
  auto& in = *inside_;
  ++in.solves;
  if (!in.system || !in.system->take_policy_of(in.sector)) {
    if (auto const fine = check(in.policy, in.base); !fine) return fail(fine.error());
    in.system.emplace(in.base, in.policy, in.closure);
  }
  if (in.goods_changed) in.system->take_goods_of_policy();
  in.goods_changed = false;
  if (state.outer.size() != in.system->unknowns()) state = in.system->start();
  SolveOptions const options{.tolerance = tolerance};
  if (in.system->lost_goods().empty() && in.system->parts().one_way.empty()) {
    SolverReport report;
    auto const before = state;
    auto const found =
        Search{
            *in.system, options, report, in.derivatives, {1e-7, std::min(1e-3 * tolerance, 1e-10)}}
            .run(state);
    in.evaluations += report.iterations;
    if (found) return &in.system->numbers();
    state = before;
  }
  // What a search from here cannot do, the whole solver may; it also knows what to say.
  auto whole = equilibrium::solve(in.base, in.policy, in.closure, options, nullptr, control);
  if (!whole) return fail(whole.error());
  in.by_path = *std::move(whole);
  in.evaluations += in.by_path.report.iterations;
  state = in.by_path.state;
  return &in.by_path.numbers;
}

}  // namespace linchpin::equilibrium
