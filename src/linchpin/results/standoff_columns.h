// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/row_writer.h"
#include "linchpin/results/standoff_answer.h"

namespace linchpin {

inline constexpr char const* loss_words =
    "From trade, by the model that the note on losses names; a gain is negative.";

inline ResultColumn standoff_column() {
  return text_column("standoff", "Stand-off", "Name of the stand-off.");
}

/// Central number and three quantiles.
inline void add_band_columns(ResultTable& table, std::string const& name, std::string const& title,
                             std::string const& words, std::string const& undefined) {
  table.columns.push_back(number_column(name + "_pct", title, "%", words, undefined));
  add_quantiles(table, {name + "_p{}_pct", title + ", p{}", "%", "Quantile over draws.",
                        undefined.empty() ? no_draws : undefined});
}

inline void write_band(RowWriter& row, Band const& band) {
  row << band.central << band.p05 << band.p50 << band.p95;
}

/// "USA: ban chips; CHN: nothing".
[[nodiscard]] std::string play_words(StandoffAnswer const& answer,
                                     std::vector<std::string> const& actions);

/// What actions are, the time rungs take, losses of the first year by the daily model.
[[nodiscard]] std::vector<ResultTable> standoff_detail_tables(
    std::span<StandoffAnswer const> answers);

}  // namespace linchpin
