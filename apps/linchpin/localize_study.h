// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/world.h"
#include "linchpin/study/autonomy_run.h"

namespace linchpin::app {

/// An autonomy study with its answers and all files that went into them.
struct AnsweredAutonomy {
  study::AutonomyStudy study;
  World world;
  std::vector<study::AutonomyAnswer> answers;
  std::vector<std::filesystem::path> inputs;
};

/// Reads the study, lets `change` narrow it, and answers it; draws go to `checkpoint` unless that
/// is empty (one file per technology).
/// \error of the readers, `change` and study::answer_autonomy_study; bad_usage for a checkpoint
///        without draws
[[nodiscard]] Result<AnsweredAutonomy> answer_autonomy_file(
    std::filesystem::path const& file, std::filesystem::path const& checkpoint,
    std::function<Result<void>(study::AutonomyStudy&)> const& change, Context const& context);

/// `linchpin run` on an autonomy study: report, tables, result.json.
[[nodiscard]] Result<void> run_autonomy_file(std::filesystem::path const& file,
                                             std::filesystem::path const& output,
                                             std::filesystem::path const& checkpoint,
                                             RunClock const& clock, Context const& context);

}  // namespace linchpin::app
