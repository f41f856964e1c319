// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"

namespace linchpin::disrupt {

/// Courses that act on single places (industries, pairs of product and region), lane by lane. Only
/// the places that some course touches are stored.
class CourseList {
 public:
  explicit CourseList(std::size_t lanes) : lanes_(lanes) {}
  void add(std::size_t place, std::size_t lane, Course const& course, double sign);
  /// Calls f(place, lane, factor) with factor = Π (1 + sign · course(day)) for all that are listed.
  template <class F>
  void each(int day, F&& f) const {
    for (auto const& at : places_) {
      for (auto const& lane : at.lanes) {
        double factor = 1;
        for (auto const& entry : lane.courses) factor *= 1 + entry.sign * entry.course.at(day);
        f(at.place, lane.lane, factor);
      }
    }
  }
  /// Changes of the places on `day` against the day before.
  [[nodiscard]] bool empty() const noexcept { return places_.empty(); }

 private:
  struct Signed {
    Course course;
    double sign;
  };
  struct Lane {
    std::size_t lane;
    std::vector<Signed> courses;
  };
  struct Place {
    std::size_t place;
    std::vector<Lane> lanes;
  };
  std::size_t lanes_;
  std::vector<Place> places_;
};

/// What is destroyed and what is rebuilt: damage as a share of capital, by industry and lane.
class CapitalStock {
 public:
  CapitalStock(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline);

  [[nodiscard]] bool active() const noexcept { return !losses_.empty(); }
  /// Destroys what `day` destroys and orders what is rebuilt today: adds to orders(row, lane).
  void order(int day, double* orders);
  /// What arrived of today's orders repairs the damage. ration(row, lane): share delivered.
  void repair(double const* ration);
  /// Share of capital that is left: multiplies share(industry, lane).
  void limit(double* share) const;

 private:
  struct Loss {
    std::size_t lane;
    int day;
    double share;
    double rebuild_days;
    std::vector<std::size_t> industries;
    std::vector<double> capital;                          // of each industry [unit]
    std::vector<double> damage;                           // left of each industry [unit]
    std::vector<std::pair<std::size_t, double>> sources;  // row, share of an order it gets
    double ordered = 0;                                   // today [unit per year]
  };
  std::size_t lanes_;
  std::vector<Loss> losses_;
};

/// Reserves of a product in a region, taken from when industries get less than they ordered.
class Reserves {
 public:
  Reserves(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline);

  [[nodiscard]] bool active() const noexcept { return !reserves_.empty(); }
  /// Fills what `received` lacks of `placed` for the buyers of `product`; both in days of baseline
  /// use, buyers x lanes.
  void release(int day, std::size_t product, double const* ordered, double* received);
  /// What is left of each, in days of baseline use.
  [[nodiscard]] std::vector<double> left() const;

 private:
  struct Entry {
    std::size_t lane, product;
    std::size_t first, last;    // industries of the region
    double left, most_per_day;  // [unit per year times days]
    double use;                 // of the region's industries [unit per year]
    int from_day;
  };
  std::size_t lanes_;
  Baseline const* baseline_;
  std::vector<Entry> reserves_;
};

}  // namespace linchpin::disrupt
