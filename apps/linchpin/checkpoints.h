// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/world.h"
#include "linchpin/results/checkpoint_file.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin::app {

/// One file per ensemble of a run: FILE, then FILE with "-2", "-3" before its extension.
class CheckpointFiles {
 public:
  explicit CheckpointFiles(std::filesystem::path first) : first_(std::move(first)) {}

  sampling::CheckpointSink* of(std::size_t ensemble) {
    auto path = first_;
    if (ensemble > 0) {
      path.replace_filename(fmt::format("{}-{}{}", first_.stem().string(), ensemble + 1,
                                        first_.extension().string()));
    }
    files_.push_back(std::make_unique<CheckpointFile>(std::move(path)));
    return files_.back().get();
  }

 private:
  std::filesystem::path first_;
  std::vector<std::unique_ptr<CheckpointFile>> files_;
};

/// What tells two runs of the same draws apart: the world and all texts they were made from.
inline Result<std::vector<std::pair<std::string, std::string>>> fingerprint_of(
    World const& world, std::string const& texts) {
  auto const world_hash = sha256_of_file(world.path);
  if (!world_hash) return fail(world_hash.error());
  auto const text_hash = sha256_of_bytes(texts);
  if (!text_hash) return fail(text_hash.error());
  return std::vector<std::pair<std::string, std::string>>{{"world", *world_hash},
                                                          {"study", *text_hash}};
}

}  // namespace linchpin::app
