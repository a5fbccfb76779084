"""What any organization needs: accounts, access, units, audit, files, jobs, sheets."""
