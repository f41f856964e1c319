// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/assembler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "linchpin/core/byte_count.h"
#include "linchpin/core/contracts.h"
#include "linchpin/table/allocate.h"
#include "linchpin/table/grouping.h"

namespace linchpin {
namespace {

// Up to here a dense matrix is built at once; larger ones are built sparse and filled up only if
// most cells turn out not to be zero.
constexpr std::size_t dense_at_once = std::size_t{256} << 20;
constexpr std::size_t smallest_sparse = 2000;  // industries; below it speed counts more than memory
constexpr double sparse_below = 0.25;          // share of cells that are not zero
constexpr double dense_above = 0.4;
constexpr std::size_t bytes_per_sparse_cell = sizeof(double) + sizeof(std::uint32_t);

}  // namespace

struct TableAssembler::State {
  enum class Building { dense, dense32, sparse };

  TableLabels file_labels;
  Grouping grouping;
  bool grouped = false;
  Table table;  // labels, Y, value added and output of the groups
  std::string where;
  std::uint64_t memory_limit = 0;
  double threshold = 0;
  bool float32 = false;
  Building building = Building::dense;
  DenseMatrix dense;
  FlowMatrix::FloatVector floats;
  CsrMatrix rows;                      // in the order of arrival
  std::vector<std::size_t> seller_of;  // of each row in `rows`
  DenseVector inputs;                  // column sums of Z, before the threshold, by group
  std::vector<std::size_t> residual_rows;
  std::vector<DenseVector> accounts, accounts_of_final_users;
  std::size_t non_zeros = 0;  // cells of `dense` that are not zero, counted as they come
  std::size_t left_out = 0;
  double left_out_total = 0;
  double beyond_single = 0;  // a flow too large for single precision; 0: none

  [[nodiscard]] std::size_t size() const noexcept { return table.size(); }
  [[nodiscard]] std::size_t group(std::size_t industry) const noexcept {
    return grouped ? grouping.industry_of[industry] : industry;
  }

  Result<void> allocate_arrays();
  void add_flows(std::size_t seller, std::span<double const> flows);
  [[nodiscard]] bool keeps(double flow);
  [[nodiscard]] float single(double flow);
  void reduce_groups();
  [[nodiscard]] Result<void> fits() const;
  [[nodiscard]] FlowMatrix take_sparse();
  void take_flows();
  void take_residuals();
  void take_accounts();
  void note_left_out();
};

Result<void> TableAssembler::State::allocate_arrays() {
  auto const n = size();
  MemoryNeed need{.industries = n,
                  .final_columns = table.labels.final_columns(),
                  .value_added_rows = table.labels.value_added_rows.size()};
  if (building == Building::dense32) need.bytes_per_flow = sizeof(float);
  if (building == Building::sparse && threshold > 0)
    need.bytes_per_flow = 0;  // counted as it grows
  if (auto const enough = check_memory(need, memory_limit, where); !enough) return enough;
  try {
    if (building == Building::dense) dense = DenseMatrix(n, n);
    if (building == Building::dense32) floats.assign(n * n, 0.0F);
    if (building == Building::sparse) rows = CsrMatrix(0, n);
    table.Y = DenseMatrix(n, need.final_columns);
    table.value_added = DenseMatrix(need.value_added_rows, n);
    table.output.assign(n, 0.0);
    inputs.assign(n, 0.0);
  } catch (std::bad_alloc const&) {
    return out_of_memory(need, where);
  }
  return {};
}

Result<void> TableAssembler::State::fits() const {
  double bytes = 0;
  if (building == Building::sparse) {
    bytes += static_cast<double>(rows.cells() * bytes_per_sparse_cell);
  }
  for (auto const* each : {&accounts, &accounts_of_final_users}) {
    for (auto const& values : *each) bytes += static_cast<double>(values.size() * sizeof(double));
  }
  if (bytes <= static_cast<double>(memory_limit)) return {};
  return fail(ErrorCode::too_large,
              fmt::format("what was read so far ({} of {} rows) needs {}, the limit is {}",
                          seller_of.size(), size(), byte_count(bytes),
                          byte_count(static_cast<double>(memory_limit))),
              where, memory_ways_out());
}

/// Whether a flow reaches the threshold; counts those that do not.
bool TableAssembler::State::keeps(double flow) {
  if (!(std::abs(flow) < threshold)) return true;  // NaN stays, for the checks to find
  if (flow != 0) {
    ++left_out;
    left_out_total += flow;
  }
  return false;
}

/// The flow in single precision; one that does not fit is remembered for `finish` to report.
float TableAssembler::State::single(double flow) {
  if (!(std::abs(flow) > std::numeric_limits<float>::max())) return static_cast<float>(flow);
  if (beyond_single == 0) beyond_single = flow;
  return 0;
}

/// Threshold and single precision for flows that were added up: they hold for the sums.
void TableAssembler::State::reduce_groups() {
  if (threshold > 0) {
    for (double& flow : dense.values()) {
      if (!keeps(flow)) flow = 0;
    }
  }
  if (!float32) return;
  auto const flows = dense.values();
  floats.resize(flows.size());
  std::transform(flows.begin(), flows.end(), floats.begin(),
                 [this](double flow) { return single(flow); });
  dense = DenseMatrix();
  building = Building::dense32;
}

void TableAssembler::State::add_flows(std::size_t seller, std::span<double const> flows) {
  LINCHPIN_EXPECTS(flows.size() == file_labels.industries.size());
  auto const target = group(seller);
  if (grouped) {
    auto const row = dense.row(target);
    for (std::size_t j = 0; j < flows.size(); ++j) {
      row[grouping.industry_of[j]] += flows[j];
      inputs[grouping.industry_of[j]] += flows[j];
    }
    return;
  }
  auto const n = flows.size();
  if (building == Building::dense) {
    auto* const row = dense.row(target).data();
    double count = 0;  // as a double it is added up in the same registers
    for (std::size_t j = 0; j < n; ++j) {
      double const flow = flows[j];
      inputs[j] += flow;
      row[j] = flow;
      count += flow != 0 ? 1.0 : 0.0;
    }
    non_zeros += static_cast<std::size_t>(count);
    return;
  }
  for (std::size_t j = 0; j < n; ++j) inputs[j] += flows[j];
  switch (building) {
    case Building::dense:
      break;
    case Building::dense32: {
      auto* const row = floats.data() + target * n;
      for (std::size_t j = 0; j < n; ++j) row[j] = keeps(flows[j]) ? single(flows[j]) : 0.0F;
      break;
    }
    case Building::sparse:
      for (std::size_t j = 0; j < n; ++j) {
        if (flows[j] == 0 || !keeps(flows[j])) continue;
        rows.column.push_back(static_cast<std::uint32_t>(j));
        rows.value.push_back(flows[j]);
      }
      ++rows.rows;
      rows.row_start.push_back(rows.value.size());
      seller_of.push_back(target);
      break;
  }
}

/// The rows in the order of the sellers.
FlowMatrix TableAssembler::State::take_sparse() {
  auto const n = size();
  bool in_order = rows.rows == n;
  for (std::size_t k = 0; k < seller_of.size(); ++k) in_order = in_order && seller_of[k] == k;
  if (in_order) return std::move(rows);
  std::vector<std::size_t> row_of(n, rows.rows);
  for (std::size_t k = 0; k < seller_of.size(); ++k) row_of[seller_of[k]] = k;
  CsrMatrix sorted(n, n);
  sorted.column.reserve(rows.cells());
  sorted.value.reserve(rows.cells());
  for (std::size_t i = 0; i < n; ++i) {
    if (row_of[i] < rows.rows) {
      auto const columns = rows.columns_of(row_of[i]);
      auto const values = rows.values_of(row_of[i]);
      sorted.column.insert(sorted.column.end(), columns.begin(), columns.end());
      sorted.value.insert(sorted.value.end(), values.begin(), values.end());
    }
    sorted.row_start[i + 1] = sorted.value.size();
  }
  return sorted;
}

void TableAssembler::State::take_flows() {
  auto const n = size();
  double const cells = static_cast<double>(n) * static_cast<double>(n);
  if (grouped) reduce_groups();
  if (building == Building::dense32) {
    table.Z = FlowMatrix(n, n, std::move(floats));
    return;
  }
  if (building == Building::sparse) {
    table.Z = take_sparse();
    double const filled = static_cast<double>(table.Z.sparse().cells());
    bool const room = cells * sizeof(double) + filled * bytes_per_sparse_cell <=
                      static_cast<double>(memory_limit);
    if (filled > dense_above * cells && room) table.Z = table.Z.to_dense();
    return;
  }
  table.Z = std::move(dense);
  if (n < smallest_sparse) return;
  auto const count = grouped ? table.Z.non_zeros() : non_zeros;
  if (static_cast<double>(count) < sparse_below * cells) table.Z = to_sparse(table.Z);
}

void TableAssembler::State::take_residuals() {
  for (auto const k : residual_rows) {
    auto const row = table.value_added.row(k);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = table.output[j] - inputs[j];
  }
}

void TableAssembler::State::take_accounts() {
  auto const count = accounts.size();
  if (count == 0) return;
  auto const columns = table.labels.final_columns();
  table.satellites.F = DenseMatrix(count, size());
  table.satellites.F_Y = DenseMatrix(count, columns);
  for (std::size_t k = 0; k < count; ++k) {
    std::copy(accounts[k].begin(), accounts[k].end(), table.satellites.F.row(k).begin());
    auto const& users = accounts_of_final_users[k];
    std::copy(users.begin(), users.end(), table.satellites.F_Y.row(k).begin());
    accounts[k] = {};
  }
}

void TableAssembler::State::note_left_out() {
  if (grouped) {
    if (!table.info.history.empty()) table.info.history += '\n';
    table.info.history += grouping.history + " while reading";
  }
  if (building == Building::dense32)
    table.info.history += "\nintermediate flows in single precision";
  if (threshold > 0) {
    table.info.history +=
        fmt::format("\nleft out {} intermediate flows smaller than {:g}, in all {:.6g}", left_out,
                    threshold, left_out_total);
  }
}

TableAssembler::TableAssembler(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
TableAssembler::TableAssembler(TableAssembler&&) noexcept = default;
TableAssembler& TableAssembler::operator=(TableAssembler&&) noexcept = default;
TableAssembler::~TableAssembler() = default;

Result<TableAssembler> TableAssembler::make(TableLabels labels, ReadOptions const& options,
                                            std::string const& where) {
  auto state = std::make_unique<State>();
  state->where = where;
  state->memory_limit = options.memory_limit;
  state->threshold = options.threshold;
  state->float32 = options.float32;
  state->file_labels = std::move(labels);
  state->grouped = options.regions != nullptr || options.sectors != nullptr;
  if (state->grouped) {
    auto grouping = group_labels(state->file_labels, options.regions, options.sectors);
    if (!grouping) return fail(grouping.error());
    state->grouping = std::move(*grouping);
    state->table.labels = state->grouping.labels;
  } else {
    state->table.labels = state->file_labels;
    auto const n = state->table.size();
    if (options.float32) {
      state->building = State::Building::dense32;
    } else if (options.threshold > 0 ||
               n > dense_at_once / sizeof(double) / std::max<std::size_t>(n, 1)) {
      state->building = State::Building::sparse;
    }
  }
  if (auto const done = state->allocate_arrays(); !done) return fail(done.error());
  return TableAssembler(std::move(state));
}

TableLabels const& TableAssembler::labels() const noexcept { return state_->file_labels; }

Result<void> TableAssembler::fits() const { return state_->fits(); }

void TableAssembler::set_seller(std::size_t seller, std::span<double const> flows,
                                std::span<double const> final_uses, double output) {
  auto& state = *state_;
  LINCHPIN_EXPECTS(final_uses.size() == state.file_labels.final_columns());
  state.add_flows(seller, flows);
  auto const target = state.group(seller);
  auto const row = state.table.Y.row(target);
  for (std::size_t k = 0; k < final_uses.size(); ++k) {
    row[state.grouped ? state.grouping.final_column_of[k] : k] += final_uses[k];
  }
  state.table.output[target] += output;
}

void TableAssembler::add_value_added(std::size_t k, std::span<double const> values) {
  auto const row = state_->table.value_added.row(k);
  for (std::size_t j = 0; j < values.size(); ++j) row[state_->group(j)] += values[j];
}

void TableAssembler::add_output(std::size_t industry, double output) {
  state_->table.output[state_->group(industry)] += output;
}

void TableAssembler::use_residual_value_added(std::size_t k) {
  LINCHPIN_EXPECTS(k < state_->table.value_added.rows());
  state_->residual_rows.push_back(k);
}

std::size_t TableAssembler::add_account(SatelliteAccounts::Row row,
                                        std::span<double const> of_industries) {
  auto& state = *state_;
  LINCHPIN_EXPECTS(of_industries.size() == state.file_labels.industries.size());
  state.table.satellites.rows.push_back(std::move(row));
  auto& values = state.accounts.emplace_back(state.size(), 0.0);
  for (std::size_t j = 0; j < of_industries.size(); ++j) values[state.group(j)] += of_industries[j];
  state.accounts_of_final_users.emplace_back();
  return state.accounts.size() - 1;
}

void TableAssembler::set_account_of_final_users(std::size_t account,
                                                std::span<double const> values) {
  auto& state = *state_;
  LINCHPIN_EXPECTS(values.size() == state.file_labels.final_columns());
  auto& target = state.accounts_of_final_users[account];
  target.assign(state.table.labels.final_columns(), 0.0);
  for (std::size_t k = 0; k < values.size(); ++k) {
    target[state.grouped ? state.grouping.final_column_of[k] : k] += values[k];
  }
}

Result<Table> TableAssembler::finish(TableInfo info) {
  if (auto const room = fits(); !room) return fail(room.error());
  auto& state = *state_;
  state.table.info = std::move(info);
  state.take_flows();
  if (state.beyond_single != 0) {
    return fail(ErrorCode::bad_value,
                fmt::format("a flow of {:.6g} does not fit in single precision (at most {:.2g})",
                            state.beyond_single, std::numeric_limits<float>::max()),
                state.where, "read it without --float32");
  }
  state.take_residuals();
  state.take_accounts();
  state.note_left_out();
  return std::move(state.table);
}

Result<Table> reassemble(Table table, ReadOptions const& options, std::string const& where) {
  bool const grouped = options.regions != nullptr || options.sectors != nullptr;
  if (!grouped && options.threshold <= 0 && !options.float32) return table;
  auto assembler = TableAssembler::make(table.labels, options, where);
  if (!assembler) return fail(assembler.error());
  DenseVector scratch;
  for (std::size_t i = 0; i < table.size(); ++i) {
    assembler->set_seller(i, table.Z.row(i, scratch), table.Y.row(i), table.output[i]);
  }
  for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
    assembler->add_value_added(k, table.value_added.row(k));
  }
  for (std::size_t k = 0; k < table.satellites.rows.size(); ++k) {
    auto const account =
        assembler->add_account(table.satellites.rows[k], table.satellites.F.row(k));
    assembler->set_account_of_final_users(account, table.satellites.F_Y.row(k));
  }
  return assembler->finish(std::move(table.info));
}

}  // namespace linchpin
