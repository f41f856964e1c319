// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "apps/linchpin/context.h"
#include "apps/linchpin/world.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/results/ensemble_summary.h"
#include "linchpin/study/scenario_file.h"

namespace linchpin::app {

/// --draws, --seed, --design and --checkpoint of `linchpin disrupt`.
struct EnsembleOptions {
  std::optional<std::size_t> draws;
  std::optional<std::uint64_t> seed;
  std::string design;  ///< empty: chosen by the number of draws
  std::filesystem::path checkpoint;
};

/// --draws, --seed and --design alone.
void add_draw_options(CLI::App& command, EnsembleOptions& options);
void add_ensemble_options(CLI::App& command, EnsembleOptions& options);

/// \error bad_usage  draws without a seed, or one of the others without draws
[[nodiscard]] Result<void> check_ensemble_options(EnsembleOptions const& options);

/// Runs the draws that were asked for beside the central `path`; empty if none were.
[[nodiscard]] Result<std::optional<EnsembleSummary>> run_draws(
    EnsembleOptions const& options, World const& world, study::ResolvedScenario const& scenario,
    std::string const& scenario_text, disrupt::Path const& path, Context const& context);

/// Central value with [5 %, 95 %] of the loss of final use, what was uncertain, and the ledger.
void print_ensemble(EnsembleSummary const& summary, int days);

}  // namespace linchpin::app
