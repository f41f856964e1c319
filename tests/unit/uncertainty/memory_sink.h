// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/sampling/checkpoint.h"

namespace linchpin::test {

/// Keeps the last checkpoint, and counts them.
class MemorySink final : public sampling::CheckpointSink {
 public:
  Result<std::optional<sampling::Checkpoint>> load() override { return kept; }
  Result<void> save(sampling::Checkpoint const& checkpoint) override {
    kept = checkpoint;
    ++saved;
    return {};
  }
  std::string name() const override { return "memory"; }

  std::optional<sampling::Checkpoint> kept;
  int saved = 0;
};

}  // namespace linchpin::test
