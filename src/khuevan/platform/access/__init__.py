"""Who may do what, where and until when: roles, dated grants, hats, delegation, support."""
