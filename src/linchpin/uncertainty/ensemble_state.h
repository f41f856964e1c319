// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/sampling/checkpoint.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::uncertainty {

/// What an ensemble remembers between batches, and its way to and from a checkpoint.
class EnsembleState {
 public:
  EnsembleState(EnsembleRequest const& request, sampling::Design const& design);

  /// Takes up what `request.checkpoint` holds, if it holds anything.
  /// \error bad_value  it belongs to another ensemble; says in what they differ
  [[nodiscard]] Result<void> resume();
  /// Saves if enough has been done since the last time, or if `now`.
  [[nodiscard]] Result<void> save(bool now);
  /// Adds the outcomes of draws `done()` onwards.
  void add(std::vector<Result<Outcome>> const& outcomes);

  [[nodiscard]] std::size_t done() const noexcept { return state_.done; }
  [[nodiscard]] sampling::Checkpoint const& state() const noexcept { return state_; }
  [[nodiscard]] double scalar(std::size_t draw, std::size_t index) const {
    return state_.scalars(draw, index);
  }
  [[nodiscard]] bool failed(std::size_t draw) const { return state_.failed[draw]; }
  [[nodiscard]] std::size_t failures() const noexcept { return failed_; }

 private:
  void fail_draw(Error const& error);

  EnsembleRequest const& request_;
  sampling::Design const& design_;
  sampling::Checkpoint state_;  // scalars has rows for all draws
  std::size_t failed_ = 0;
  std::size_t saved_ = 0;
};

}  // namespace linchpin::uncertainty
