// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/sampling/checkpoint.h"

namespace linchpin {

/// Checkpoints of an ensemble in one NetCDF-4 file. Each replaces the last as a whole (temporary
/// file, then rename), so that a run killed at any moment leaves a file it can go on from; a seal
/// behind the data tells a damaged one.
class CheckpointFile final : public sampling::CheckpointSink {
 public:
  explicit CheckpointFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Empty if there is no such file.
  /// \error bad_format       the file is no checkpoint, or one of another layout
  /// \error unreadable_file  it is a folder, damaged, or must not be read
  [[nodiscard]] Result<std::optional<sampling::Checkpoint>> load() override;
  /// \error unwritable_output, internal
  [[nodiscard]] Result<void> save(sampling::Checkpoint const& checkpoint) override;
  [[nodiscard]] std::string name() const override { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace linchpin
