"""The window itself: application, actions, navigation, notices, closing."""
