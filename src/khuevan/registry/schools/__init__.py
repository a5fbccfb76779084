"""Schools, campuses, academic years, grade levels and homeroom classes."""
