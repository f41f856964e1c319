// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/read.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Where readers put a table, row by row: chooses dense or sparse storage, drops cells below the
/// threshold, stores single precision or adds up to groups, as the ReadOptions ask. Memory is
/// estimated before anything is allocated.
class TableAssembler {
 public:
  /// `labels` are those of the file, before any aggregation.
  /// \error too_large  more than options.memory_limit; names the estimate and three ways out
  /// \error missing_value, unknown_label, duplicate_label  mappings that do not fit the labels
  [[nodiscard]] static Result<TableAssembler> make(TableLabels labels, ReadOptions const& options,
                                                   std::string const& where);
  TableAssembler(TableAssembler&&) noexcept;
  TableAssembler& operator=(TableAssembler&&) noexcept;
  ~TableAssembler();

  /// Whether rows still fit; check now and then in a long loop, to stop early.
  /// \error too_large  as `finish` would say
  [[nodiscard]] Result<void> fits() const;

  /// Labels of the file.
  [[nodiscard]] TableLabels const& labels() const noexcept;

  /// Row `seller` of Z (n cells) and Y (final_columns cells) and its published output. Each seller
  /// once, in any order.
  void set_seller(std::size_t seller, std::span<double const> flows,
                  std::span<double const> final_uses, double output);
  /// Row `k` of value added (n cells), added to what is there.
  void add_value_added(std::size_t k, std::span<double const> values);
  /// Adds to one published output, for files that print it below the table (pass 0 to set_seller).
  void add_output(std::size_t industry, double output);
  /// Output less the column sum of Z, written to row `k` of value added when the table is finished:
  /// for publishers that print no value added.
  void use_residual_value_added(std::size_t k);

  /// Adds one satellite account: its values for the n industries. Returns its number.
  std::size_t add_account(SatelliteAccounts::Row row, std::span<double const> of_industries);
  /// Values of an account for the final_columns final users; zero if never set.
  void set_account_of_final_users(std::size_t account, std::span<double const> values);

  /// The table; sellers never set have empty rows. The assembler is empty afterwards.
  /// \error too_large  the rows turned out too dense, or the accounts too many, for the limit
  /// \error bad_value  a flow that does not fit in single precision, where that was asked for
  [[nodiscard]] Result<Table> finish(TableInfo info);

 private:
  struct State;
  explicit TableAssembler(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

/// `table`, which was read whole, with the reductions `options` ask for: groups, threshold, single
/// precision. The table itself if they ask for none.
/// \error as TableAssembler::make and finish
[[nodiscard]] Result<Table> reassemble(Table table, ReadOptions const& options,
                                       std::string const& where);

}  // namespace linchpin
