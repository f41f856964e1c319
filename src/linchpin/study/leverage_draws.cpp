// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_draws.h"

#include <utility>

namespace linchpin::study {

Result<LeverageDraws> LeverageDraws::make(TradeGround const& ground, LeverageWorld const& central,
                                          TradeModelSpec const& model,
                                          ParameterSource const& source, Seed seed,
                                          DrawnGround const* drawn) {
  LeverageDraws draws(central, model, source, seed);
  draws.drawn_ = drawn;
  if (drawn != nullptr) return draws;
  auto ranges = theta_ranges(ground, model, source, central.base.theta);
  if (!ranges) return fail(ranges.error());
  draws.ranges_ = *std::move(ranges);
  return draws;
}

Result<LeverageWorld> LeverageDraws::world(std::size_t draw) const {
  if (drawn_ != nullptr) {
    auto const ground = drawn_->ground(draw);
    if (!ground) return fail(ground.error());
    return open_leverage_world(*ground, *model_, *source_);
  }
  auto base = central_->base;
  base.theta = draw_theta(*ranges_, seed_, draw);
  auto prices = price_world_of(base, base.theta);
  if (!prices) return fail(prices.error());
  return LeverageWorld{std::move(base), *std::move(prices), central_->closure, {}, {}};
}

std::string LeverageDraws::words() const {
  return drawn_ != nullptr ? drawn_->words : draw_words(*ranges_);
}

}  // namespace linchpin::study
