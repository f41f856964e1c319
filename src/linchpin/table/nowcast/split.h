// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// A product line inside a sector, as far as it is known. Everything not named follows the sector.
struct SplitSpec {
  /// One region's output of the line [unit of the table per year].
  struct Output {
    std::string region;
    double value = 0;
  };
  /// What `seller`'s line sold to region `buyer`, all users together, sales at home included.
  struct Flow {
    std::string seller, buyer;
    double value = 0;
  };
  /// What the line in `region` (empty: in every region) bought of a sector's products, from all
  /// regions together, per unit of its output.
  struct Input {
    std::string region, sector;
    double share = 0;
  };
  /// How purchases of the line in `region` (empty: in every region) divide among users: a sector or
  /// a category of final demand. Shares count relative to each other.
  struct User {
    std::string region, user;
    double share = 0;
  };
  std::string sector;           ///< label of the sector to split
  std::string line, line_name;  ///< label and name of the part that is carved out
  std::string rest, rest_name;  ///< label and name of the remainder; empty: as the sector was
  std::vector<Output> outputs;  ///< regions not named make none
  std::vector<Flow> flows;      ///< sellers not named: as the sector's sales divide among regions
  std::vector<Input> inputs;    ///< regions without any: as the sector's inputs
  std::vector<User> users;      ///< regions without any: as the users of the sector's products
};

/// Reads the parts of a SplitSpec from CSV files with the headers `region,output`;
/// `seller,buyer,value`; `region,sector,share`; `region,user,share`.
/// \error file_not_found, unreadable_file, bad_format, bad_value (negative), missing_value
[[nodiscard]] Result<std::vector<SplitSpec::Output>> read_split_outputs(
    std::filesystem::path const& path);
[[nodiscard]] Result<std::vector<SplitSpec::Flow>> read_split_flows(
    std::filesystem::path const& path);
[[nodiscard]] Result<std::vector<SplitSpec::Input>> read_split_inputs(
    std::filesystem::path const& path);
[[nodiscard]] Result<std::vector<SplitSpec::User>> read_split_users(
    std::filesystem::path const& path);

/// Carves a product line out of one sector of every region: the sector becomes two, line and rest.
///
/// Every cell of the table is divided between the two so that it adds up again, to rounding:
/// merging line and rest restores the table. Nothing is negative that was not. The line of a region
/// sells what `outputs` says, to the regions that `flows` says, to the users that `users` says, and
/// buys what `inputs` says; where a wish exceeds what the sector's cell holds, the excess goes to
/// the other users of that flow in proportion to the room they have. Negative cells (stocks run
/// down) stay with the rest. The flow of the sector to itself is divided among line and rest as
/// sellers and as buyers. Value added of the line is what its output leaves. Satellite accounts
/// follow output.
///
/// \error unknown_label    sector, region, user … that the table does not have
/// \error duplicate_label  the new labels exist already, or something is given twice
/// \error bad_value        output, a flow or inputs exceed what the sector has: the message says by
/// how
///                         much; flows of a seller that do not add up to its output
/// \error invalid_table    the arrays of `table` do not fit its labels, or it has negative flows
[[nodiscard]] Result<Table> split_sector(Table const& table, SplitSpec const& spec);

}  // namespace linchpin
