// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/disrupt/model.h"
#include "reference/ario_plain.h"
#include "reference/plain_world.h"

namespace linchpin::reference {

/// State and steps of the plain model. The numbers are those of docs/methods/disrupt.md.
class PlainModel {
 public:
  PlainModel(Economy const& economy, Scenario const& scenario,
             disrupt::ModelOptions const& options);

  PlainPath run();

 private:
  // ario_plain.cpp
  void morning(int t);
  void make(int t, PlainDay& day);
  void arrive(int t, PlainDay& day);
  void release(int t, PlainDay& day);
  void use_and_order(PlainDay& day);
  void evening(int t, PlainDay& day);
  [[nodiscard]] int delay(std::size_t seller_region, std::size_t buyer_region) const;
  // plain_production.cpp
  [[nodiscard]] double allowed_by(std::size_t p, std::size_t f) const;
  [[nodiscard]] double with_substitute(std::size_t p, std::size_t f, double alone) const;
  [[nodiscard]] double stock_limit(std::size_t f);
  void substitute(PlainDay& day);
  [[nodiscard]] double rating(std::size_t p, std::size_t f) const;
  void rebuild(PlainDay const& day);
  void hire(std::size_t f, double demand, int t);
  // plain_orders.cpp
  void weigh();
  void book_orders();
  void book_final_use();
  void book_rebuilding();
  void ration_seller(std::size_t f, int t, PlainDay& day);
  void spend();
  void set_targets();
  void switch_suppliers(PlainDay& day);
  [[nodiscard]] bool slow() const;

  PlainWorld world_;
  PlainEvents events_;
  Scenario const& scenario_;
  disrupt::ModelOptions const& options_;
  std::size_t n_, products_, regions_;

  // State.
  Matrix stock_;    ///< Ω by product and industry
  Matrix ordered_;  ///< O^S of yesterday evening, by product and industry
  Vector alpha_, workers_;
  Vector made_;                 ///< χ of yesterday
  Vector possible_;             ///< min(χ^Cap, ℓ) of yesterday
  Vector spending_;             ///< c_r
  Matrix share_, final_share_;  ///< a of slow switching, by seller and industry or region
  Matrix damage_;               ///< D by loss of capital and industry
  Vector reserve_;              ///< left, days of base use
  std::vector<Matrix> under_way_, final_under_way_;  ///< deliveries that travel, by day

  // Of the day.
  Matrix cut_, final_cut_;
  Vector weight_;                 ///< w^η
  Matrix target_, final_target_;  ///< a*: shares of step 0
  Matrix booked_, final_booked_;
  Matrix wanted_;   ///< final use as a multiple of the baseline, but for cuts: seller and region
  Matrix rebuild_;  ///< booked by loss of capital and seller
  Vector capacity_, limit_;  ///< χ^Cap, ℓ
  Matrix alone_;  ///< χ that the stock of a product allows without a substitute, product and buyer
  Matrix used_;   ///< of a product by an industry [unit per year]
  PlainPath path_;
};

}  // namespace linchpin::reference
