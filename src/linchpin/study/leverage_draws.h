// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::study {

/// Where the numbers of a draw come from: ranges of the elasticities, or a world of its own.
class LeverageDraws {
 public:
  /// \param drawn  not null: worlds of the draws; else elasticities are drawn. Keeps references.
  /// \error of theta_ranges
  [[nodiscard]] static Result<LeverageDraws> make(TradeGround const& ground,
                                                  LeverageWorld const& central,
                                                  TradeModelSpec const& model,
                                                  ParameterSource const& source, Seed seed,
                                                  DrawnGround const* drawn);

  /// \error of the world of the draw
  [[nodiscard]] Result<LeverageWorld> world(std::size_t draw) const;
  [[nodiscard]] std::string words() const;

 private:
  LeverageDraws(LeverageWorld const& central, TradeModelSpec const& model,
                ParameterSource const& source, Seed seed)
      : central_(&central), model_(&model), source_(&source), seed_(seed) {}

  LeverageWorld const* central_;
  TradeModelSpec const* model_;
  ParameterSource const* source_;
  Seed seed_;
  std::optional<ThetaRanges> ranges_;
  DrawnGround const* drawn_ = nullptr;
};

}  // namespace linchpin::study
