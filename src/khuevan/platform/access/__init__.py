"""Who may do what, where and until when: roles as data, dated grants, hats, delegation, support sessions."""
