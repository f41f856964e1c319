// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace linchpin::fuzz {

using Bytes = std::span<std::uint8_t const>;

// Each takes any bytes at all, hands them to one entry point of the library and aborts when the
// library breaks a promise; crashes, leaks and hangs are found by whoever runs it.

/// A table in one of the text formats. The first line names the format (anything else: recognised
/// by content); members of a bundle follow, each after a line "@@ <name>".
void formats(Bytes input);
/// CsvReader and dialect_of.
void csv(Bytes input);
/// parse_number, against what it says about itself.
void numbers(Bytes input);
/// A mapping file.
void mapping(Bytes input);
/// Bundle::open on an archive or a compressed file, every member read.
void archive(Bytes input);
/// The bytes a child process hands back.
void answer(Bytes input);
/// The list of places tables are fetched from.
void sources(Bytes input);
/// A trade cube.
void cube(Bytes input);
/// A concordance.
void concordance(Bytes input);
/// The files of a split: outputs, flows, inputs, users.
void split(Bytes input);
/// Targets of a balance.
void balance_targets(Bytes input);
/// Trade by product.
void product_trade(Bytes input);
/// Products to sectors.
void product_concordance(Bytes input);
/// Tariffs, shares of production, trade elasticities.
void trade_files(Bytes input);
/// World production of minerals, and their uses.
void minerals(Bytes input);
/// A request: method and path, headers, body.
void requests(Bytes input);
/// The bytes that a client sends, up to the answer.
void http(Bytes input);
/// A study, its labels looked up.
void study(Bytes input);
/// A scenario, its labels looked up; a valid one runs for some days.
void scenario(Bytes input);

/// A study of autonomy, its numbers filled from a market behind a line "@@".
void autonomy_study(Bytes input);
/// A technology: structure, a line "@@", numbers; its bill is rolled up.
void technology(Bytes input);

/// A file of parameters, mapped to sectors.
void parameters(Bytes input);

struct Target {
  std::string_view name;
  void (*run)(Bytes input);
};
inline constexpr std::array<Target, 22> targets{{{"formats", formats},
                                                 {"csv", csv},
                                                 {"numbers", numbers},
                                                 {"mapping", mapping},
                                                 {"archive", archive},
                                                 {"answer", answer},
                                                 {"sources", sources},
                                                 {"cube", cube},
                                                 {"concordance", concordance},
                                                 {"split", split},
                                                 {"balance_targets", balance_targets},
                                                 {"product_trade", product_trade},
                                                 {"product_concordance", product_concordance},
                                                 {"trade_files", trade_files},
                                                 {"minerals", minerals},
                                                 {"parameters", parameters},
                                                 {"requests", requests},
                                                 {"http", http},
                                                 {"study", study},
                                                 {"scenario", scenario},
                                                 {"autonomy_study", autonomy_study},
                                                 {"technology", technology}}};

}  // namespace linchpin::fuzz
