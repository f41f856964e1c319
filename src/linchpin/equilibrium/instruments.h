// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/equilibrium/gradient.h"
#include "linchpin/equilibrium/policy.h"
#include "linchpin/equilibrium/trade_base.h"

namespace linchpin::equilibrium {

/// How finely a player sets its rates.
enum class Spread {
  all_sectors,  ///< one rate on everything that crosses its border
  by_sector,    ///< the same for all partners
  by_partner,   ///< one rate per sector and partner
};

/// A region that chooses, and what it may choose.
struct Player {
  std::size_t region = 0;
  bool tariffs = true;  ///< on imports
  bool export_taxes = false;
  Spread spread = Spread::by_sector;
  std::vector<std::size_t> sectors = {};  ///< those it may tax; empty: all
  double least = 0;                       ///< of a rate, > −1
  double most = 3;                        ///< of a rate
};

/// One number to be chosen: a rate, ad valorem, on all pairs it covers.
struct Instrument {
  std::size_t player = 0;  ///< place in the list of players
  std::size_t region = 0;
  bool on_exports = false;
  std::optional<std::size_t> sector;   ///< none: all sectors of the player
  std::optional<std::size_t> partner;  ///< none: all partners
  double least = 0;
  double most = 0;
  std::vector<std::size_t> cells;  ///< pairs, only those with trade in the base
  double theta = 0;                ///< mean over the trade it covers
  /// θ × value of the trade covered, over final spending of the region: about how fast the slope of
  /// its ln welfare by ln(1 + rate) falls. What searches measure lengths with.
  double curvature = 0;
};

/// The instruments of all players, and the way from their rates to a policy and back. Rates are
/// ln(1 + t) throughout, so that imports and exports count alike.
class Instruments {
 public:
  /// Keeps a reference to `base`.
  /// \error unknown_label  no such region or sector
  /// \error bad_value      bounds out of order or ≤ −1; a region twice; a player without anything
  ///                       to tax; all findings at once
  [[nodiscard]] static Result<Instruments> make(TradeBase const& base,
                                                std::vector<Player> const& players);

  [[nodiscard]] std::size_t size() const noexcept { return list_.size(); }
  [[nodiscard]] std::vector<Instrument> const& list() const noexcept { return list_; }
  /// First instrument of a player, and one past its last.
  [[nodiscard]] std::size_t first(std::size_t player) const noexcept { return first_[player]; }
  [[nodiscard]] std::size_t last(std::size_t player) const noexcept { return first_[player + 1]; }

  /// Rates of a policy inside the bounds; where the pairs of an instrument differ, their mean with
  /// base trade as weights.
  [[nodiscard]] std::vector<double> rates_of(TradePolicy const& policy) const;
  /// Puts the rates into `policy`; everything they do not cover stays.
  void apply(std::span<double const> rates, TradePolicy& policy) const;
  /// Derivatives by rates from those by pairs.
  [[nodiscard]] std::vector<double> chain(Gradient const& gradient) const;
  [[nodiscard]] GradientRequest request() const noexcept;
  void clamp(std::span<double> rates) const;

 private:
  explicit Instruments(TradeBase const& base) : base_(&base) {}
  void add(Instrument instrument);
  void add_of(Player const& player, std::size_t place, bool on_exports);
  [[nodiscard]] double trade(std::size_t cell) const noexcept;

  TradeBase const* base_;
  std::vector<Instrument> list_;
  std::vector<std::size_t> first_;
};

}  // namespace linchpin::equilibrium
